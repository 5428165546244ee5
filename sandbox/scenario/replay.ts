import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Envelope } from '../eventbridge/envelope';
import type { Additions } from '../organization/local-organization';
import { UsageError } from '../usage-error';
import type { Scene } from './scene';

/** The user's own events as scenes, and the accounts and Regions in which they happened. */
export type Replay = { readonly scenes: readonly Scene[]; readonly additions: Additions };

/**
 * One scene per file: the user's own events, all at once. A file holds one event, a JSON array or JSON Lines; a folder
 * holds `.json` and `.jsonl` files. Accounts and Regions that occur are part of the organization, so that none is unheard.
 * @throws UsageError naming the file that cannot be read or is no event.
 */
export function readReplay(paths: readonly string[]): Replay {
  const files = paths.flatMap(filesIn).map((file) => ({ file, envelopes: readEvents(file) }));
  const scenes = files.map(({ file, envelopes }) => {
    const play: Scene['play'] = (sandbox) => {
      for (const envelope of envelopes) sandbox.emit(envelope);
    };
    return { title: basename(file), play };
  });
  const places = files.flatMap(({ envelopes }) => envelopes).filter(isPlausible);
  const accounts = places.map(({ account }) => account);
  return { scenes, additions: { accounts, regions: places.map(({ region }) => region) } };
}

/** Whether an event names an account and a Region that one organization of this partition can have. */
function isPlausible({ account, region }: Envelope): boolean {
  return /^\d{12}$/.test(account) && /^(?!cn-|us-gov-|us-iso)[a-z]{2}-[a-z]+-\d$/.test(region);
}

function filesIn(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jsonl?$/.test(name));
    if (names.length === 0)
      throw new UsageError(`--events ${path}: the folder holds no .json file. Give one that does.`);
    return names.sort().map((name) => join(path, name));
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(path, error);
  }
}

function readEvents(file: string): Envelope[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
  const items =
    parse(text) ??
    text
      .split('\n')
      .filter((line) => line.trim())
      .map((line, at) => parseLine(line, file, at));
  if (items.length === 0) throw new UsageError(`--events ${file}: the file holds no event. Give one that does.`);
  return items.map((item, at) => envelopeIn(item, `${file}, event ${at + 1}`));
}

/** A whole file as JSON; null when it is none. */
function parse(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return null;
  }
}

function parseLine(line: string, file: string, at: number): unknown {
  const [value] = parse(line) ?? [];
  if (value === undefined)
    throw new UsageError(`--events ${file}: line ${at + 1} is no JSON. Give JSON or JSON Lines.`);
  return value;
}

/** An event as EventBridge sends it, or a fixture of the tests, which holds one as `event`. */
function envelopeIn(item: unknown, where: string): Envelope {
  const { event } = Object(item);
  const envelope = Object(event?.detail ? event : item);
  const missing = ['source', 'account', 'region', 'detail-type'].filter((name) => typeof envelope[name] !== 'string');
  if (typeof envelope.detail !== 'object' || envelope.detail === null) missing.push('detail');
  if (missing.length > 0) {
    const wanted = 'Give the whole event as EventBridge sends it, not only the CloudTrail record';
    throw new UsageError(`--events ${where}: lacks ${missing.join(', ')}. ${wanted}.`);
  }
  return { version: '0', id: randomUUID(), time: new Date().toISOString(), resources: [], ...envelope };
}

function unreadable(path: string, error: unknown): UsageError {
  return new UsageError(
    `--events ${path}: cannot be read (${Object(error).code ?? error}). Give a file or folder of events.`,
  );
}
