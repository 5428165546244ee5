import { linkSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomOf } from '../test/fuzz/random';
import { recordOf } from '../test/scan/archive';

/** How large an archive is. */
export type Size = {
  readonly files: number;
  readonly recordsPerFile: number;
  /** How many names each file has in the larger folder. */
  readonly names: number;
};

/** An archive on disk. */
export type Archive = {
  readonly files: readonly string[];
  /** Holds the files, and nothing else. */
  readonly folder: string;
  /** Holds each of them by several names, so that a reading takes long enough to be measured. */
  readonly larger: { readonly folder: string; readonly files: readonly string[] };
  /** Of all files, unzipped. */
  readonly bytes: number;
};

/**
 * Makes an archive of which two in a hundred records are refused calls and one failed otherwise, in every file.
 * @param related one in so many files has refusals about CloudTrail; there a third of them are
 */
export function makeArchive({ files: count, recordsPerFile, names }: Size, related: number): Archive {
  const folder = mkdtempSync(join(tmpdir(), 'trailmend-bench-'));
  const large = mkdtempSync(join(tmpdir(), 'trailmend-bench-'));
  let bytes = 0;
  const files = Array.from({ length: count }, (_, file) => {
    const text = fileText(file, recordsPerFile, file % related === 0);
    const path = join(folder, `${file}.json.gz`);
    writeFileSync(path, gzipSync(text));
    bytes += Buffer.byteLength(text);
    return path;
  });
  const links = Array.from({ length: names * count }, (_, at) => {
    const link = join(large, `${at}.json.gz`);
    linkSync(files[at % count] ?? '', link);
    return link;
  });
  return { folder, files, larger: { folder: large, files: links }, bytes };
}

function fileText(seed: number, count: number, isRelated: boolean): string {
  const random = randomOf(11, seed);
  const records: unknown[] = [];
  while (records.length < count) {
    const record = recordOf(random);
    if (isRelated || !('errorCode' in record && record.eventSource === 'cloudtrail.amazonaws.com')) {
      records.push(record);
    }
  }
  return JSON.stringify({ Records: records });
}
