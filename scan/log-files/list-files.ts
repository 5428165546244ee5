import { statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { numbered } from '../counted';
import type { Problem, Watch } from '../source';
import type { Wanted } from '../wanted';
import { whyUnread } from './read-file';

/** The files to read, in order, and what of the paths could not be looked into. */
export type FileList = {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  /** How many folders were not opened, since by account and date they hold nothing wanted. */
  readonly left: number;
};

const DAY = 24 * 3_600_000;

/**
 * How long after a call its record may come, at most, for `--until`: CloudTrail writes a file some five minutes after the
 * calls, but does not promise it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
const LATEST_DELIVERY = DAY;

/** What a trail writes beside log files: digests name them, Insights events are no calls. */
const OTHER_FOLDERS = ['CloudTrail-Digest', 'CloudTrail-Insight'];

const LOG_FILE = /\.(json|jsonl|ndjson)(\.gz)?$/i;

/**
 * How a trail lays its files out, from the account on; the date is that of the delivery.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
const LAYOUT =
  /[\\/]AWSLogs[\\/](?:o-[a-z0-9]+[\\/])?(\d{12})(?:[\\/][\w-]+[\\/][a-z0-9-]+[\\/](\d{4})[\\/](\d\d)[\\/](\d\d))?$/;

/**
 * Finds the log files under each path, each once. A file is taken as it is named; of a directory those that have a log file's
 * name, and none that by its place can hold nothing wanted.
 */
export async function listFiles(paths: readonly string[], wanted: Wanted, watch: Watch): Promise<FileList> {
  const files = new Map<string, string>();
  const list: List = { files, problems: [], left: 0, seen: 0 };
  for (const path of paths) {
    const before = list.seen + list.problems.length;
    const isFolder = await look(path, list.problems);
    if (isFolder === false) {
      files.set(resolve(path), path);
    } else if (isFolder) {
      await walk(path, list, wanted, watch);
      if (list.seen + list.problems.length === before && !watch.signal.aborted) {
        list.problems.push({ where: path, what: 'it has no log files' });
      }
    }
  }
  return { files: [...files.values()], problems: list.problems, left: list.left };
}

type List = {
  readonly files: Map<string, string>;
  readonly problems: Problem[];
  left: number;
  /** Log files, and folders that were not opened. */
  seen: number;
};

async function walk(folder: string, list: List, wanted: Wanted, watch: Watch): Promise<void> {
  watch.tell(() => `looking for log files: ${numbered(list.files.size)} ...`);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    list.problems.push({ where: folder, what: whyUnread(error) });
    return [];
  });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (watch.signal.aborted) {
      return;
    }
    if (!entry.isDirectory()) {
      if (LOG_FILE.test(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && isLinkToFile(path)))) {
        list.files.set(resolve(path), path);
        list.seen += 1;
      }
    } else if (!mayHold(path, wanted)) {
      list.left += 1;
      list.seen += 1;
    } else if (!OTHER_FOLDERS.includes(entry.name)) {
      await walk(path, list, wanted, watch);
    }
  }
}

/** Links are followed to files only: folders could lead back to themselves. A link to nowhere is told when it is read. */
function isLinkToFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}

/** Whether it is a folder; null when it cannot be looked at. */
async function look(path: string, problems: Problem[]): Promise<boolean | null> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    problems.push({ where: path, what: whyUnread(error) });
    return null;
  }
}

function mayHold(folder: string, { accounts, since, until }: Wanted): boolean {
  const [, account, year, month, day] = LAYOUT.exec(resolve(folder)) ?? [];
  if (account !== undefined && accounts.length > 0 && !accounts.includes(account)) {
    return false;
  }
  const begin = year === undefined ? Number.NaN : Date.UTC(Number(year), Number(month) - 1, Number(day));
  return !(since !== null && begin + DAY <= since) && !(until !== null && begin >= until + LATEST_DELIVERY);
}
