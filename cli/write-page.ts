import { accessSync, constants, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
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
    throw whyNotWritten(path, error, option);
  }
}

/**
 * Says at once what would else be said after hours of reading.
 * @throws UsageError when a page cannot be written there
 */
export function expectWritable(path: string, force: boolean, option: string): void {
  if (path === '-') {
    return;
  }
  try {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
    if (path === '' || isFolder || (isFolder === false && !force)) {
      throw Object.assign(new Error(), { code: path === '' ? 'ENOENT' : isFolder ? 'EISDIR' : 'EEXIST' });
    }
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw whyNotWritten(path, error, option);
  }
}

function whyNotWritten(path: string, error: unknown, option: string): UsageError {
  const { code } = error as NodeJS.ErrnoException;
  return new UsageError(
    code === 'EEXIST'
      ? `${path} is there already: name another file with ${option}, or replace it with --force.`
      : `${path || 'the empty name'} cannot be written (${code}): name a file in a folder that you may write to with ${option}.`,
  );
}
