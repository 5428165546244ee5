import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomOf } from '../test/fuzz/random';
import { logFileOf } from '../test/scan/archive';
import { differenceIn } from '../test/scan/equality';
import { oddFileOf } from '../test/scan/odd-files';

/**
 * Compares what a scan finds with what parsing everything and judging every record finds: in generated files, half of their
 * records in odd ones, and in public records made into log files of several forms where their folder is given.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { records: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});

/** Records of a usual file. */
const USUAL = 1_000;

type Compared = { records: number; files: number; differences: number };

function compare(text: string, records: number, at: number, sum: Compared): void {
  const difference = differenceIn(text, at % 2 === 0);
  sum.records += records;
  sum.files += 1;
  if (difference !== null) {
    sum.differences += 1;
    console.error(`file ${at}: ${difference.slice(0, 2_000)}`);
  }
}

function compareGenerated(wanted: number, seed: number): Compared {
  const sum: Compared = { records: 0, files: 0, differences: 0 };
  for (let at = 0; sum.records < wanted / 2; at += 1) {
    compare(logFileOf(randomOf(seed, at), USUAL), USUAL, at, sum);
  }
  for (let at = 0; sum.records < wanted; at += 1) {
    const text = oddFileOf(randomOf(seed, at));
    compare(text, text.split('"eventName"').length - 1, at, sum);
  }
  return sum;
}

function compareCorpus(folder: string): Compared {
  const path = join(folder, 'records.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  const records = lines.map((line) => JSON.parse(line).record);
  const inOrder = records.map((record) => ({ eventVersion: '1.08', ...record }));
  const groups = Array.from({ length: Math.ceil(inOrder.length / 10) }, (_, at) =>
    inOrder.slice(10 * at, 10 * at + 10),
  );
  const texts = [
    ...[records, inOrder].map((all) => JSON.stringify({ Records: all })),
    ...groups.map((group) => JSON.stringify({ Records: group })),
    JSON.stringify({ Records: records }, null, 2),
    records.map((record) => JSON.stringify(record)).join('\n'),
  ];
  const sum: Compared = { records: 0, files: 0, differences: 0 };
  for (const text of texts) {
    compare(text, text.split('"eventName"').length - 1, 0, sum);
    compare(text, 0, 1, sum);
  }
  return sum;
}

function tell(what: string, { records, files, differences }: Compared): void {
  console.log(
    `${what}: ${records.toLocaleString('en')} records in ${files.toLocaleString('en')} files, ${differences} differences`,
  );
  process.exitCode = differences === 0 && records > 0 ? process.exitCode : 1;
}

tell('generated', compareGenerated(Number(values.records), Number(values.seed)));
for (const folder of positionals) {
  tell(folder, compareCorpus(folder));
}
