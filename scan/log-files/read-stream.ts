import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { History } from '../history';
import { takeLines, takeRecords } from './take-records';
import { whenAborted } from './when-aborted';

/** Most bytes, unzipped, that are held at once; a log file of CloudTrail has a few millions. */
export const LARGEST = 256 * 2 ** 20;

/** How many bytes of lines are read at once. */
const BLOCK = 32 * 2 ** 20;

const NEW_LINE = 0x0a;

/** How a reading went: how many bytes, unzipped, since the last block, and what of all is no record; null when all of it is. */
export type Read = { readonly bytes: number; readonly problem: string | null };

/**
 * Reads a file of any size piece by piece, gzipped or not; beyond {@link LARGEST} it must be lines of records.
 * @param onBlock is called after each block of lines with its length
 * @throws Error when it cannot be read or unzipped
 */
export async function readStream(
  input: Readable,
  place: string,
  history: History,
  signal: AbortSignal,
  onBlock: (bytes: number) => void,
): Promise<Read> {
  const pieces = new Pieces(place, history, onBlock);
  const all = pieces.takeAll(input, signal);
  // Nobody waits for what a slow input may bring, nor for what it fails with then.
  all.catch(() => undefined);
  await Promise.race([all, whenAborted(signal)]);
  input.destroy();
  const problem = pieces.end();
  // What is left of a reading that was ended may break off anywhere.
  return { bytes: pieces.bytes, problem: signal.aborted ? null : problem };
}

/** What came of an input; whether it is lines nobody knows before the first block is full. */
class Pieces {
  /** Since the last block. */
  bytes = 0;
  #kept: Buffer[] = [];
  #held = 0;
  #areLines: boolean | null = null;
  #first = 1;
  #problem: string | null = null;

  constructor(
    private readonly place: string,
    private readonly history: History,
    private readonly onBlock: (bytes: number) => void,
  ) {}

  async takeAll(input: Readable, signal: AbortSignal): Promise<void> {
    for await (const chunk of await opened(input)) {
      if (signal.aborted) {
        return;
      }
      this.#kept.push(chunk);
      this.bytes += chunk.length;
      this.#held += chunk.length;
      if (this.#held >= BLOCK && this.#areLines !== false && chunk.includes(NEW_LINE)) {
        this.#takeLines();
      }
      if (this.#held > LARGEST) {
        this.#problem = `it has more than ${LARGEST / 2 ** 20} MB and is not lines of records: make it such with jq -c '.Records[]'`;
        return this.#keep(Buffer.alloc(0));
      }
    }
  }

  /** Takes what is left. */
  end(): string | null {
    const rest = Buffer.concat(this.#kept);
    if (this.#problem === null || rest.length > 0) {
      const problem =
        this.#first === 1
          ? takeRecords(rest, this.place, this.history)
          : takeLines(rest, this.place, this.history, this.#first);
      this.#problem ??= problem;
    }
    return this.#problem;
  }

  #takeLines(): void {
    const block = Buffer.concat(this.#kept);
    this.#areLines ??= beginsWithLine(block);
    const end = this.#areLines ? block.lastIndexOf(NEW_LINE) + 1 : 0;
    const lines = block.subarray(0, end);
    const problem = end === 0 ? null : takeLines(lines, this.place, this.history, this.#first);
    this.#problem ??= problem;
    for (let at = lines.indexOf(NEW_LINE); at >= 0; at = lines.indexOf(NEW_LINE, at + 1)) {
      this.#first += 1;
    }
    this.onBlock(this.bytes);
    this.bytes = 0;
    this.#keep(Buffer.from(block.subarray(end)));
  }

  #keep(rest: Buffer): void {
    this.#kept = [rest];
    this.#held = rest.length;
  }
}

/** Whether the first line is JSON by itself, and not the beginning of a document of many lines. */
function beginsWithLine(block: Buffer): boolean {
  try {
    JSON.parse(block.toString('utf8', 0, block.indexOf(NEW_LINE)));
    return true;
  } catch {
    return false;
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
