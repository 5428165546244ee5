import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Io } from './io';
import { UsageError } from './usage-error';

/**
 * Writes a page to a file, or to standard output for `-`.
 * @param option that names the file, for the complaint
 * @throws UsageError when it is there already, or cannot be written
 */
export async function writePage(path: string, page: string, force: boolean, io: Io, option = '--out'): Promise<void> {
  if (path === '-') {
    io.out(page);
    return;
  }
  try {
    await writeFile(path, page, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST'
      ? isThere(path, option)
      : new UsageError(
          `${path} cannot be written (${code}): name a file in a folder that you may write to with ${option}.`,
        );
  }
}

/**
 * Says at once what would be said after hours of reading.
 * @throws UsageError when there is such a file
 */
export function expectNoFile(path: string, option: string): void {
  if (existsSync(path)) {
    throw isThere(path, option);
  }
}

function isThere(path: string, option: string): UsageError {
  return new UsageError(`${path} is there already: name another file with ${option}, or replace it with --force.`);
}
