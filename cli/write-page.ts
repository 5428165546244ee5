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
    throw notWritten(path, codeOf(error), option);
  }
}

/**
 * Says at once what would else be said after hours of reading.
 * @throws UsageError when a page cannot be written there
 */
export function expectWritable(path: string, force: boolean, option: string): void {
  const code = path === '-' ? null : obstacleTo(path, force);
  if (code !== null) {
    throw notWritten(path, code, option);
  }
}

/** The code with which writing would fail; null when nothing is in its way. */
function obstacleTo(path: string, force: boolean): string | null {
  if (path === '') {
    return 'ENOENT';
  }
  try {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
    if (isFolder === undefined || (force && !isFolder)) {
      accessSync(dirname(path), constants.W_OK);
      return null;
    }
    return isFolder ? 'EISDIR' : 'EEXIST';
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}

function notWritten(path: string, code: string, option: string): UsageError {
  return new UsageError(
    code === 'EEXIST'
      ? `${path} is there already: name another file with ${option}, or replace it with --force.`
      : `${path || 'the empty name'} cannot be written (${code}): name a file in a folder that you may write to with ${option}.`,
  );
}
