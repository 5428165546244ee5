import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { runCli } from '../support/run-cli';

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
export async function scan(args: readonly string[], input?: Readable) {
  const ended = await runCli(['scan', ...args], input && { input: () => input });
  const lines = args.includes('--json') && ended.code !== 2 ? ended.out.trim().split('\n').filter(Boolean) : [];
  return { ...ended, incidents: lines.map((line) => JSON.parse(line)) };
}
