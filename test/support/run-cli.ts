import { Readable } from 'node:stream';
import type { Io } from '../../cli/io';
import { run } from '../../cli/run';

/** What a command printed, so far. */
type Said = { out: string; err: string };

/** A world without a terminal and with nothing on standard input, but for what is given; `said` is what was printed to it. */
export function recordingIo(other: Partial<Io> = {}): { io: Io; said: Said } {
  const said = { out: '', err: '' };
  const add = (to: keyof Said) => (text: string) => {
    said[to] += text;
  };
  return { said, io: { out: add('out'), err: add('err'), input: () => Readable.from([]), colours: false, ...other } };
}

type Seams = Parameters<typeof run> extends [unknown, unknown, ...infer Rest] ? Rest : never;

/** Runs the command line with a {@link recordingIo}: its exit code and what it printed. @param seams what {@link run} takes beside */
export async function runCli(args: readonly string[], other: Partial<Io> = {}, ...seams: Seams) {
  const { io, said } = recordingIo(other);
  const code = await run(args, io, ...seams);
  return { code, ...said };
}
