import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classify } from '../lambda/classify';
import { parseBareMessage } from '../lambda/denial/parse-bare-message';
import { type ParsedEvent, parseEvent } from '../lambda/denial/parse-event';
import { explain } from '../lambda/explain/explain';

const FIELDS = ['layer', 'effect', 'action', 'resource', 'policyArn'] as const;
const EXPECTED = join(__dirname, '../test/corpus');
const OFFLINE = { managementAccount: null, responderRole: null };

type Conclusion = Record<(typeof FIELDS)[number], string | null>;
/** What a person reads in a text; null: no refusal. Where readers may well differ it is `loose` and `note` says why. */
type Expectation = (Conclusion & { loose?: boolean; note?: string }) | null;
type Entry = { id: string; source: { class: string }; record: Record<string, unknown> };
type Reading = { conclusion: Conclusion | null; notifies: boolean; thrown: string | null };
/** Lines about one text; `remarks` are differences from loose expectations, which are no mismatches. */
type Outcome = { mismatches: string[]; remarks: string[]; threw?: boolean; unrelatedNotified?: boolean };

/** Compares what Trailmend concludes from each public record and message with what a person read in it. */
function checkCorpus(folder: string): number {
  if (!existsSync(join(folder, 'records.jsonl')) || !existsSync(join(folder, 'messages.tsv'))) {
    console.error(
      `No records.jsonl and messages.tsv in ${folder}: run check-corpus.ts with the folder that holds them.`,
    );
    return 2;
  }
  const records = checkRecords(folder);
  const messages = checkMessages(folder);
  const all = [...records, ...messages];
  for (const line of all.flatMap(({ mismatches, remarks }) => [...mismatches, ...remarks])) {
    console.log(line);
  }
  const right = (outcomes: Outcome[]) => outcomes.filter(({ mismatches }) => mismatches.length === 0).length;
  const counts = `records: ${right(records)} of ${records.length}, messages: ${right(messages)} of ${messages.length}`;
  const thrown = all.filter(({ threw }) => threw).length;
  const notified = all.filter(({ unrelatedNotified }) => unrelatedNotified).length;
  console.log(`${counts}, thrown: ${thrown}, unrelated notified: ${notified}`);
  return right(all) === all.length ? 0 : 1;
}

/** Records without an expectation are no refusals; those of class `denial` must have one. */
function checkRecords(folder: string): Outcome[] {
  const expectations = recordExpectations();
  const lines = readFileSync(join(folder, 'records.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { id, source, record }: Entry = JSON.parse(line);
    const expected = expectations.get(id);
    const reading = read(() => parseEvent(record));
    const outcome = compare(id, source.class === 'denial' ? expected : (expected ?? null), reading);
    const related = record.eventSource === 'cloudtrail.amazonaws.com';
    if (!related && reading.notifies) {
      outcome.mismatches.push(`${id} plan: expected ignore, since it is unrelated to CloudTrail, got notify`);
    }
    if (related && expected && !reading.notifies) {
      outcome.mismatches.push(`${id} plan: expected notify`);
    }
    return { ...outcome, unrelatedNotified: !related && reading.notifies };
  });
}

/** By id of the record. */
function recordExpectations(): Map<string, Expectation> {
  const groups: (Conclusion & { ids: string[] })[] = JSON.parse(readFileSync(join(EXPECTED, 'records.json'), 'utf8'));
  const all = groups.flatMap(({ ids, ...expected }) => ids.map((id) => [id, expected] as const));
  const byId = new Map(all);
  if (byId.size < all.length) {
    throw new Error('test/corpus/records.json names an id more than once.');
  }
  return byId;
}

/** Expectations of messages are by line, counted from 1 after the header. */
function checkMessages(folder: string): Outcome[] {
  const expectations: Record<string, Expectation> = JSON.parse(readFileSync(join(EXPECTED, 'messages.json'), 'utf8'));
  const rows = readFileSync(join(folder, 'messages.tsv'), 'utf8').trimEnd().split('\n').slice(1);
  return rows.map((row, at) => {
    const [, , , example = ''] = row.split('\t');
    const reading = read(() => parseBareMessage(example));
    return compare(`message ${at + 1}`, expectations[at + 1], reading);
  });
}

function read(parse: () => ParsedEvent): Reading {
  try {
    const { denial, plan, case: id } = classify(parse(), OFFLINE);
    const notifies = plan.kind === 'notify';
    if (!denial) {
      return { conclusion: null, notifies, thrown: null };
    }
    const { layer, effect, policyArn } = explain(id, denial).explanation;
    const { action, resource } = denial;
    return { conclusion: { layer, effect, action, resource, policyArn }, notifies, thrown: null };
  } catch (error) {
    return { conclusion: null, notifies: false, thrown: String(error) };
  }
}

function compare(id: string, expected: Expectation | undefined, { conclusion, thrown }: Reading): Outcome {
  if (thrown !== null || expected === undefined) {
    const mismatches = [thrown === null ? `${id}: test/corpus holds no expectation for it` : `${id} threw ${thrown}`];
    return { mismatches, remarks: [], threw: thrown !== null };
  }
  const lines = differences(expected, conclusion).map((line) => `${id} ${line}`);
  return expected?.loose
    ? { mismatches: [], remarks: lines.map((line) => `(loose) ${line}`) }
    : { mismatches: lines, remarks: [] };
}

function differences(expected: Expectation, got: Conclusion | null): string[] {
  if (expected === null || got === null) {
    const kind = (of: Conclusion | null) => (of === null ? 'no refusal' : 'a refusal');
    return expected === got ? [] : [`kind: expected ${kind(expected)}, got ${kind(got)}`];
  }
  const differing = FIELDS.filter((field) => expected[field] !== got[field]);
  return differing.map((field) => `${field}: expected ${expected[field]}, got ${got[field]}`);
}

process.exitCode = checkCorpus(process.argv[2] ?? '../shared/corpus');
