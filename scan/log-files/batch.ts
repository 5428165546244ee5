import type { Organization } from '../../lambda/cases/case';
import { History, type HistoryPart } from '../history';
import type { Problem } from '../source';
import type { Wanted } from '../wanted';
import { readFile } from './read-file';

/** What reading needs to know; crosses threads. */
export type Setup = { readonly wanted: Wanted; readonly organization: Organization; readonly now: number };

/** What some files came to, or a part of them; crosses threads. */
export type Batch = {
  readonly part: HistoryPart;
  /** Files that were read to their ends. */
  readonly files: number;
  /** Of the files, unzipped. */
  readonly bytes: number;
  readonly problems: readonly Problem[];
};

/** Reads some files, one after the other. @param tell is told what a part of a very large one came to */
export async function readBatch(
  paths: readonly string[],
  { wanted, organization, now }: Setup,
  signal: AbortSignal,
  tell: (part: Batch) => void,
): Promise<Batch> {
  const history = new History(wanted, organization, now);
  const problems: Problem[] = [];
  let bytes = 0;
  for (const path of paths) {
    const onBlock = (length: number) => tell({ part: history.drain(), files: 0, bytes: length, problems: [] });
    const read = await readFile(path, history, signal, onBlock);
    bytes += read.bytes;
    if (read.problem !== null) {
      problems.push({ where: path, what: read.problem });
    }
  }
  return { part: history.part(), files: paths.length, bytes, problems };
}
