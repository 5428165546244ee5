import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { History } from '../history';
import { takeLines, takeRecords } from './take-records';

/** Most bytes, unzipped, that are held at once; a log file of CloudTrail has a few millions. */
export const LARGEST = 256 * 2 ** 20;

/** How many bytes of lines are read at once. */
const BLOCK = 32 * 2 ** 20;

const NEW_LINE = 0x0a;

/** How a reading went: how many bytes, unzipped, and what of them is no record; null when all of it is. */
export type Read = { readonly bytes: number; readonly problem: string | null };

/**
 * Reads a file of any size piece by piece, gzipped or not; beyond {@link LARGEST} it must be lines of records.
 * @throws Error when it cannot be read or unzipped
 */
export async function readStream(input: Readable, place: string, history: History, signal: AbortSignal): Promise<Read> {
  const lines = new Lines(place, history);
  // Nobody waits for what a slow input may bring.
  signal.addEventListener('abort', () => input.destroy(), { once: true });
  let kept: Buffer[] = [];
  let [bytes, held] = [0, 0];
  for await (const chunk of unzipped(input, signal)) {
    kept.push(chunk);
    bytes += chunk.length;
    held += chunk.length;
    if (held >= BLOCK && chunk.includes(NEW_LINE)) {
      kept = [lines.take(Buffer.concat(kept))];
      held = kept[0]?.length ?? 0;
    }
    if (held > LARGEST) {
      const problem = `it has more than ${LARGEST / 2 ** 20} MB and is not lines of records: make it such with jq -c '.Records[]'`;
      return { bytes, problem };
    }
  }
  return { bytes, problem: lines.end(Buffer.concat(kept)) };
}

/** Lines of records, of which nobody knows that they are before the first block is full. */
class Lines {
  #first = 1;
  #problem: string | null = null;

  constructor(
    private readonly place: string,
    private readonly history: History,
  ) {}

  /** Takes the whole lines of a block; returns what is left. */
  take(block: Buffer): Buffer {
    const end = block.lastIndexOf(NEW_LINE) + 1;
    const lines = block.subarray(0, end);
    this.#problem ??= takeLines(lines, this.place, this.history, this.#first);
    for (let at = lines.indexOf(NEW_LINE); at >= 0; at = lines.indexOf(NEW_LINE, at + 1)) {
      this.#first += 1;
    }
    return Buffer.from(block.subarray(end));
  }

  end(rest: Buffer): string | null {
    const problem =
      this.#first === 1
        ? takeRecords(rest, this.place, this.history)
        : takeLines(rest, this.place, this.history, this.#first);
    return this.#problem ?? problem;
  }
}

/** The bytes unzipped, until they end or the reading is ended. */
async function* unzipped(input: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of await opened(input)) {
      yield chunk;
    }
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

/** The first two bytes tell whether they are gzipped. */
async function opened(input: Readable): Promise<AsyncIterable<Buffer>> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let start = Buffer.alloc(0);
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    start = Buffer.concat([start, next.value]);
    if (start.length >= 2) {
      break;
    }
  }
  const all = rejoined(start, chunks);
  if (!isGzip(start)) {
    return all;
  }
  const gunzip = createGunzip();
  // What goes wrong reaches whoever reads what comes out.
  pipeline(Readable.from(all), gunzip, () => undefined);
  return gunzip;
}

async function* rejoined(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    yield next.value;
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc1952 section 2.3.1 */
export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
