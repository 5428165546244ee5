import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { run } from '../../cli/run';

/** A folder of log files that goes away, and the command on it. */
export class ArchiveFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'trailmend-archive-'));

  /** Writes a file, gzipped when its name says so; its path. */
  write(name: string, content: string | Buffer): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Records as a log file. */
export function logFile(...records: readonly unknown[]): string {
  return JSON.stringify({ Records: records });
}

/** `trailmend scan` with these arguments, and with `--json` as values. */
export async function scan(args: readonly string[], input: Readable = Readable.from([Buffer.from('')])) {
  let out = '';
  let err = '';
  const code = await run(['scan', ...args], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    input: () => input,
    colours: false,
  });
  const lines = args.includes('--json') && code !== 2 ? out.trim().split('\n').filter(Boolean) : [];
  return { code, out, err, incidents: lines.map((line) => JSON.parse(line)) };
}
