import { CASES, type CaseId } from '../../lambda/cases';
import { classify, type Finding } from '../../lambda/classify';
import { DENIAL_CODES } from '../../lambda/denial/error-codes';
import { parseEvent } from '../../lambda/denial/parse-event';
import { findingJson } from '../../lambda/finding-json';
import { en } from '../../lambda/texts/en';
import { type Fixture, fixturesOf } from '../../test/support/fixtures';
import { commentOf } from './case-comment';
import { type CloudTrailCode, cloudTrailCodes } from './cloudtrail-codes';
import { code, codeBlock, generatedHead, table } from './write-markdown';

/** As the examples have it: the management account is known, as it is to the deployed function. */
const ORGANIZATION = { managementAccount: '111122223333', responderRole: null };

const INTRO = `Every refusal belongs to one case. The order below is the priority: the first case that recognises a refusal decides.
Each says what was heard in the examples that the tests hold it to, and what Trailmend concludes from them.`;

/** An event that the case takes, and what comes of it. */
type Example = { readonly fixture: Fixture; readonly finding: Finding };

/** The page of the case catalogue: from the cases, their examples in \`test/fixtures\`, and CloudTrail's error codes. */
export async function casesPage(): Promise<string> {
  const codes = await cloudTrailCodes();
  return [
    generatedHead('Cases', '`lambda/cases/` and its examples, `test/fixtures/`'),
    `${INTRO}\n`,
    `${table(
      ['case', 'what it is'],
      CASES.map(({ id }) => [`[${code(id)}](#${id})`, commentOf(id).situation]),
    )}\n`,
    CASES.map(({ id, docs }) => section(id, docs, codes.get(id) ?? [])).join('\n'),
    denialCodes(),
  ].join('\n');
}

function section(id: CaseId, docs: string, codes: readonly CloudTrailCode[]): string {
  const { situation, see } = commentOf(id);
  const examples = fixturesOf(id)
    .filter(({ file }) => file.startsWith('takes--'))
    .map((fixture) => ({ fixture, finding: classify(parseEvent(fixture.event), ORGANIZATION) }));
  const pages = [...new Set([en.guide + docs, ...see])];
  return [
    `## ${id}`,
    '',
    situation,
    '',
    ...(codes.length === 0 ? [] : [`CloudTrail's own codes for it: ${codes.map(named).join(', ')}.`, '']),
    table(
      ['example', 'heard', 'severity', 'plan'],
      examples.map(({ fixture, finding }) => [
        fixture.name,
        code(heard(fixture)),
        finding.severity,
        code(finding.plan.kind),
      ]),
    ),
    '',
    ...conclusion(examples),
    `AWS: ${pages.map((page) => `<${page}>`).join(', ')}`,
    '',
  ].join('\n');
}

function named({ name, message }: CloudTrailCode): string {
  return message === null ? code(name) : `${code(name)} when its message says "${message}"`;
}

/** What is concluded from one example: one that is mended, else one whose message says which layer refused the call. */
function conclusion(examples: readonly Example[]): string[] {
  const told = examples.filter(({ finding }) => finding.plan.kind !== 'ignore' && finding.denial?.message);
  const mended = told.find(({ finding }) => finding.plan.kind === 'create-service-linked-role');
  const stated = told.find(({ finding }) => findingJson(finding, en).explanation?.evidence === 'stated');
  const { fixture, finding } = mended ?? stated ?? told[0] ?? {};
  const message = finding?.denial?.message;
  if (!fixture || !finding || !message) {
    return [];
  }
  const { explanation, fix } = findingJson(finding, en);
  const rows = [
    ['plan', planOf(finding)],
    ['layer', code(explanation?.layer ?? 'unknown')],
    ['effect', code(explanation?.effect ?? 'unknown')],
    ['evidence', code(explanation?.evidence ?? 'unknown')],
    ['owner', explanation?.owner ?? ''],
    ['next step', explanation?.nextStep ?? ''],
  ];
  const statement = fix.allowStatement && codeBlock(JSON.stringify(fix.allowStatement, null, 2), 'json');
  return [
    `What is concluded from "${fixture.name}":`,
    '',
    codeBlock(message),
    '',
    table(['', 'conclusion'], rows),
    '',
    ...(statement === null ? [] : ['The statement:', '', statement, '']),
  ];
}

function planOf({ plan }: Finding): string {
  return plan.kind === 'create-service-linked-role'
    ? plan.roles.map(({ name }) => `create ${code(name)}`).join(', ')
    : plan.kind;
}

/** What the record of an example says: the call and its error code. */
function heard({ event }: Fixture): string {
  const { detail } = event as { detail?: { eventName?: string; errorCode?: string } };
  return `${detail?.eventName ?? 'no call'}: ${detail?.errorCode ?? 'no error'}`;
}

function denialCodes(): string {
  const { prefixes, suffixes } = DENIAL_CODES;
  return [
    '## Which codes are refusals',
    '',
    `A code is a refusal when it begins with ${prefixes.map(code).join(', ')} or ends with ${suffixes.map(code).join(' or ')}, ` +
      "and for CloudTrail also when it is one of the codes above. Beginnings and ends count, since records write AWS's codes with " +
      'the ending `Exception` or without it. Other failures, such as expired credentials, throttling or invalid input, are no refusals.',
    '',
  ].join('\n');
}
