import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { Io } from './io';
import { UsageError } from './usage-error';

/**
 * Reads a file, or standard input for `-`; gzipped or not.
 * @returns the bytes, unzipped, and what to call their source
 * @throws UsageError when it cannot be read
 */
export async function readBytes(path: string, io: Io): Promise<{ source: string; bytes: Buffer }> {
  const source = path === '-' ? 'standard input' : path;
  const bytes = path === '-' ? await buffer(io.input()) : await readWhole(path);
  return { source, bytes: unzipped(bytes, source) };
}

async function readWhole(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be read (${code}): give the path of a file, or - for standard input.`);
  }
}

function unzipped(bytes: Buffer, source: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return bytes;
  }
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new UsageError(`${source} is broken gzip (${(error as Error).message}): fetch it again.`);
  }
}
