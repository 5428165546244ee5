import { event } from '../fuzz/events';
import type { Random } from '../fuzz/random';
import { logFileOf, recordOf } from './archive';

/** Log files as nobody writes them: what a quick reading could take for something else. */

type Container = Record<string, unknown>;

const SHARES = { refused: 300, failed: 100 };

/** A file of some fifty records in a form of its own; two in three are as CloudTrail writes them, but for a few records. */
export function oddFileOf(random: Random): string {
  const count = 1 + random.below(100);
  const odd = random.pick([0, 1, 1, 2, count]);
  const records: unknown[] = Array.from({ length: count }, () => recordOf(random, SHARES));
  for (let times = 0; times < odd; times += 1) {
    records[random.below(count)] = oddRecordOf(random);
  }
  return random.once(3) ? random.pick(FORMS)(records, random) : JSON.stringify({ Records: records });
}

function oddRecordOf(random: Random): unknown {
  const record = recordOf(random, SHARES);
  const changes: readonly (() => unknown)[] = [
    () => withNested(record, random),
    () => withNested(record, random),
    () => namingLate(record),
    () => split(record, random),
    () => without(record, random),
    () => shuffled(record, random),
    () => ({ ...record, userAgent: `{"eventVersion": "errorCode" ${random.pick(['[{', '}]}', '},{', '\\', '日本'])}` }),
    () => ({ ...record, requestParameters: JSON.stringify({ Records: [record] }) }),
    () => asDetail(event(random)),
    () => event(random),
    () => random.pick([null, 7, 'errorCode', [], {}, [record]]),
  ];
  return random.pick(changes)();
}

/** Records within the request parameters or behind them, alone, in a list, or in a list that does not begin with one. */
function withNested(record: Container, random: Random): Container {
  const inner = () => (random.once(3) ? { eventVersion: '1' } : { ...recordOf(random, SHARES) });
  const lists: readonly (() => unknown)[] = [
    inner,
    () => [inner(), inner()],
    () => [{ a: 1 }, inner(), inner(), inner()],
    () => ['a', inner(), inner()],
    () => [[inner()], inner(), { eventCategory: 'Management' }, inner()],
    () => [{ list: [{ a: 'b' }] }, inner(), inner()],
    () => [shuffled(recordOf(random, SHARES), random), inner(), inner()],
    () => [{}, inner(), { a: '}]}' }, inner()],
    () => ({ a: ':[{', b: [{}, { c: '}]' }, inner(), { eventVersion: '1' }] }),
  ];
  const name = random.pick(['requestParameters', 'responseElements', 'additionalEventData']);
  const { errorCode, errorMessage, ...rest } = record;
  const nested = { [name]: random.pick([(x: unknown) => x, (x: unknown) => ({ x })])(random.pick(lists)()) };
  return random.once(2)
    ? { ...record, ...nested }
    : { ...rest, ...nested, ...(random.once(2) ? { errorCode, errorMessage } : {}) };
}

/** A refused call that names CloudTrail only behind a list of what looks like records. */
function namingLate(record: Container): Container {
  const list = [{ a: 1 }, { eventVersion: '1' }, { eventVersion: '1' }];
  const call = { eventSource: 'iam.amazonaws.com', eventName: 'AttachUserPolicy', errorCode: 'AccessDenied' };
  const { errorMessage, ...rest } = record;
  return {
    ...rest,
    userAgent: 'x',
    ...call,
    requestParameters: { list, policyArn: 'arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess' },
  };
}

/** A refused call that what looks like a record cuts in two, of which one half names CloudTrail and the other the error. */
function split(record: Container, random: Random): Container {
  const { errorMessage, errorCode, ...rest } = record;
  const inner = { eventVersion: '1', policyArn: 'arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess' };
  const call = { eventSource: 'iam.amazonaws.com', eventName: 'AttachUserPolicy', userAgent: 'x' };
  return random.once(2)
    ? { ...rest, ...call, errorCode: 'AccessDenied', requestParameters: inner }
    : { ...rest, eventSource: 'cloudtrail.amazonaws.com', requestParameters: inner, errorCode: 'AccessDenied' };
}

function without(record: Container, random: Random): Container {
  const {
    [random.pick(['errorCode', 'errorMessage', 'eventID', 'eventTime', 'userIdentity', 'eventSource'])]: _,
    ...rest
  } = record;
  return rest;
}

function asDetail(value: unknown): unknown {
  return (value as { detail?: unknown } | null)?.detail ?? value;
}

function shuffled(record: Container, random: Random): Container {
  const entries = Object.entries(record).map((entry) => ({ entry, rank: random.below(1_000_000) }));
  return Object.fromEntries(entries.sort((one, other) => one.rank - other.rank).map(({ entry }) => entry));
}

const FORMS: readonly ((records: readonly unknown[], random: Random) => string)[] = [
  (records) => JSON.stringify({ Records: records }, null, 2),
  (records) => `${JSON.stringify({ Records: records })}\n`,
  (records) => `\ufeff${JSON.stringify({ Records: records })}`,
  (records) => JSON.stringify({ Records: records, more: [{ errorCode: 'AccessDenied' }] }),
  (records) => JSON.stringify({ before: { errorCode: 'AccessDenied' }, Records: records }),
  (records) => JSON.stringify(records),
  (records) => records.map((record) => JSON.stringify(record)).join('\n'),
  (records) => records.map((record) => JSON.stringify({ Records: [record, record] })).join('\r\n'),
  (records) => JSON.stringify({ Records: records }).replaceAll('":', '" : ').replaceAll(',"', ' , "'),
  (records) => JSON.stringify({ Records: records }).replaceAll('/', '\\/'),
  (records) => JSON.stringify({ Records: records }).replaceAll('[{"a"', '[ {"a"'),
  (records) => JSON.stringify({ Records: records }).replaceAll('":":[{"', '":":[{" '),
  (records, random) => twice(records, random.pick([records.slice(0, 2), [{ a: 1 }], 5, []])),
  (records, random) => escaped(JSON.stringify({ Records: records }), random),
  (records, random) => escaped(records.map((record) => JSON.stringify(record)).join('\n'), random),
  (records, random) => JSON.stringify({ Records: records }).slice(0, -1 - random.below(2_000)),
  (_records, random) => logFileOf(random, 20, SHARES).replace('},{', '}\u0000,{'),
];

/** A file with two members of one name, of which the second counts. */
function twice(records: readonly unknown[], second: unknown): string {
  return `${JSON.stringify({ Records: records }).slice(0, -1)},"Records":${JSON.stringify(second)},"y":[{}]}`;
}

const WORDS = ['errorCode', 'errorMessage', 'cloudtrail', 'CloudTrail', 'eventVersion', 'Records', 'config'];

/** Writes a letter of one of the words, or of all that a refusal is known by, with an escape, which mean the same. */
function escaped(text: string, random: Random): string {
  const [one, everywhere] = [random.pick(WORDS), random.once(2)];
  return WORDS.reduce((written, word) => {
    const letter = word.charCodeAt(2).toString(16);
    const other = `${word.slice(0, 2)}\\u00${letter}${word.slice(3)}`;
    const isMeant = everywhere ? word.startsWith('error') || /cloudtrail|config/i.test(word) : word === one;
    return isMeant ? written.replaceAll(word, (found) => (everywhere || random.once(2) ? other : found)) : written;
  }, text);
}
