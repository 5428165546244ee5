import { constants, createReadStream, openSync, readFileSync, type Stats, statSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { History } from '../history';
import { isGzip, LARGEST, type Read, readStream } from './read-stream';
import { takeRecords } from './take-records';

/**
 * Reads a log file into the history. What is wrong with it is a value: the others are read all the same.
 * @param signal ends the reading of a very large one
 * @param onBlock is called after each block of a very large one with its length
 */
export async function readFile(
  path: string,
  history: History,
  signal: AbortSignal,
  onBlock: (bytes: number) => void,
): Promise<Read> {
  try {
    const found = statSync(path);
    const bytes = bytesOf(path, found);
    return bytes === null
      ? await readStream(streamOf(path, found), path, history, signal, onBlock)
      : { bytes: bytes.length, problem: takeRecords(bytes, path, history) };
  } catch (error) {
    return { bytes: 0, problem: whyUnread(error) };
  }
}

/**
 * Opens a file to be read piece by piece; a named pipe so that no thread hangs in the wait for who writes into it, since that
 * would keep the process from ending. On Linux only: elsewhere a pipe that nobody writes into yet counts as read to its end.
 * @see https://man7.org/linux/man-pages/man7/fifo.7.html
 */
function streamOf(path: string, found: Stats): Readable {
  return process.platform === 'linux' && found.isFIFO()
    ? new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), readable: true })
    : createReadStream(path);
}

/**
 * All of the file, unzipped; null when that is more than is held at once, and when it is no regular file: of a pipe, for
 * example, nobody knows how long one waits for what is in it.
 */
function bytesOf(path: string, found: Stats): Buffer | null {
  if (found.size > LARGEST || !found.isFile()) {
    return null;
  }
  const bytes = readFileSync(path);
  if (!isGzip(bytes)) {
    return bytes;
  }
  try {
    return gunzipSync(bytes, { chunkSize: sizeIn(bytes), maxOutputLength: LARGEST });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      return null;
    }
    throw error;
  }
}

/**
 * How many bytes there are unzipped, as a gzip file ends with it: given at once to what unzips, they need no copies. Where it
 * says something else, unzipping takes as much as it needs.
 * @see https://www.rfc-editor.org/rfc/rfc1952 section 2.3.1
 */
function sizeIn(gzip: Buffer): number {
  const size = gzip.length >= 4 ? gzip.readUInt32LE(gzip.length - 4) : 0;
  return Math.min(Math.max(size, 1_024), LARGEST);
}

/** @throws the error itself when it is none of reading */
export function whyUnread(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_')) {
    return `it is broken gzip (${message}): fetch it again`;
  }
  if (/^E[A-Z]/.test(code)) {
    return `it cannot be read (${code})`;
  }
  if (error instanceof RangeError && /call stack/.test(message)) {
    return 'it is nested too deeply to be read';
  }
  throw error;
}
