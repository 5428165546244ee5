import {
  DENIAL_CODES,
  FOREIGN_ACCOUNT_CODE,
  INTEGRATION_CODES,
  MISSING_ROLE_CODES,
  ORGANIZATION_CODES,
} from '../../lambda/denial/error-codes';
import { MENTION } from '../../lambda/denial/ties';
import { SELECTED } from './columns';
import { like, literal } from './literal';

/** Words by which a message says a refusal under any code, as `lambda/denial/parse-message.ts` reads them. */
const REFUSING_WORDS: readonly (readonly string[])[] = [
  ['is', 'not', 'authorized', 'to', 'perform:'],
  ['cross-account', 'pass', 'role', 'is', 'not', 'allowed'],
];

/**
 * A condition that every record meets which the parser takes for a refused call, whatever becomes of it then; a few others meet
 * it as well. Made of the same codes as the event patterns.
 */
export function refusedSql(): string {
  const codes = [
    ...DENIAL_CODES.prefixes.map((prefix) => like('errorcode', prefix, '')),
    ...DENIAL_CODES.suffixes.map((suffix) => like('errorcode', '', suffix)),
  ];
  // Between the words there may be any white space, line ends too.
  const messages = REFUSING_WORDS.map((words) => like('lower(errormessage)', '', ...words, ''));
  return `(${[...codes, ...messages, ofCloudTrail()].join('\n    OR ')})`;
}

/** CloudTrail's own codes, which mean something else in other services. */
function ofCloudTrail(): string {
  const own = [
    ...[...MISSING_ROLE_CODES, ...ORGANIZATION_CODES].map((prefix) => like('errorcode', prefix, '')),
    ...INTEGRATION_CODES.flatMap(({ prefix, suffix, words }) =>
      [suffix, `${suffix}Exception`].map((end) => withWords(like('errorcode', prefix, end), words)),
    ),
    withWords(like('errorcode', FOREIGN_ACCOUNT_CODE.prefix, ''), FOREIGN_ACCOUNT_CODE.words),
  ];
  return `(${like('lower(eventsource)', 'cloudtrail', '')} AND (${own.join('\n      OR ')}))`;
}

function withWords(condition: string, words: string): string {
  return words === '' ? condition : `(${condition} AND ${like('lower(errormessage)', '', words.toLowerCase(), '')})`;
}

/**
 * A condition that every call meets which a case takes: that what is asked of its record mentions CloudTrail. Athena, DuckDB and
 * JavaScript read this pattern alike.
 */
export function mentionSql(): string {
  const texts = Object.values(SELECTED).filter((expression) => !expression.startsWith('CAST('));
  return `regexp_like(concat_ws(' ',\n    ${texts.join(',\n    ')}),\n    ${literal(`(?i)${MENTION.source}`)})`;
}
