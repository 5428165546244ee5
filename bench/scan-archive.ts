import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomOf } from '../test/fuzz/random';
import { recordOf } from '../test/scan/archive';

/** Records of a file, different files, and how often each is there: under several names, as linked files. */
const RECORDS = 1_000;
const DIFFERENT = 200;
const NAMES = 4;

/** An archive on disk. */
export type Archive = {
  readonly folder: string;
  readonly files: readonly string[];
  /** Unzipped. */
  readonly bytes: number;
  /** How many names each file has. */
  readonly names: number;
};

/**
 * Makes an archive of which two in a hundred records are refused calls and one failed otherwise, in every file.
 * @param related one in so many files has refusals about CloudTrail, some seven of them
 */
export function makeArchive(related: number): Archive {
  const folder = mkdtempSync(join(tmpdir(), 'trailmend-bench-'));
  const files: string[] = [];
  let bytes = 0;
  for (let file = 0; file < DIFFERENT; file += 1) {
    const text = fileText(file, file % related === 0);
    const own = join(folder, `${file}.json.gz`);
    writeFileSync(own, gzipSync(text));
    files.push(own);
    bytes += NAMES * Buffer.byteLength(text);
  }
  mkdirSync(join(folder, 'again'));
  for (let name = 1; name < NAMES; name += 1) {
    for (let file = 0; file < DIFFERENT; file += 1) {
      const link = join(folder, 'again', `${name}-${file}.json.gz`);
      symlinkSync(files[file] ?? '', link);
      files.push(link);
    }
  }
  return { folder, files, bytes, names: NAMES };
}

function fileText(seed: number, isRelated: boolean): string {
  const random = randomOf(11, seed);
  const records: unknown[] = [];
  while (records.length < RECORDS) {
    const record = recordOf(random);
    if (isRelated || !('errorCode' in record && record.eventSource === 'cloudtrail.amazonaws.com')) {
      records.push(record);
    }
  }
  return JSON.stringify({ Records: records });
}
