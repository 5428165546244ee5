import type { Organization } from '../../lambda/cases/case';
import { History, type HistoryPart } from '../history';
import type { Problem } from '../source';
import type { Wanted } from '../wanted';
import { readFile } from './read-file';

/** What reading needs to know; crosses threads. */
export type Setup = { readonly wanted: Wanted; readonly organization: Organization; readonly now: number };

/** What some files came to; crosses threads. */
export type Batch = {
  readonly part: HistoryPart;
  readonly files: number;
  /** Of the files, unzipped. */
  readonly bytes: number;
  readonly problems: readonly Problem[];
};

/** Reads some files. */
export async function readBatch(
  paths: readonly string[],
  { wanted, organization, now }: Setup,
  signal: AbortSignal,
): Promise<Batch> {
  const history = new History(wanted, organization, now);
  const problems: Problem[] = [];
  let bytes = 0;
  for (const path of paths) {
    const read = await readFile(path, history, signal);
    bytes += read.bytes;
    if (read.problem !== null) {
      problems.push({ where: path, what: read.problem });
    }
  }
  return { part: history.part(), files: paths.length, bytes, problems };
}
