import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Envelope } from '../eventbridge/envelope';
import type { Place } from '../organization/place';
import { UsageError } from '../usage-error';
import { logFileKey } from './archive';
import type { EventHistory } from './event-history';

/**
 * Writes what CloudTrail recorded as the log files of an organization trail, as they lie in its bucket: one for each account,
 * Region and day. Adds to an archive that is there.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 * @throws UsageError when it cannot be written
 */
export async function writeArchive(history: EventHistory, folder: string): Promise<void> {
  try {
    for (const { place, events } of history.all()) {
      for (const [day, records] of byDay(events)) {
        await writeLogFile(folder, place, day, records);
      }
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--archive ${folder}: cannot be written (${code}). Name another folder.`);
  }
}

async function writeLogFile(folder: string, place: Place, day: string, records: readonly unknown[]) {
  const text = JSON.stringify({ Records: records });
  const unique = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const path = join(folder, logFileKey(place, day, true, unique));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, gzipSync(text));
}

/** Records by the day on which they were delivered; here that of the call, UTC. */
function byDay(events: readonly Envelope[]): Map<string, Envelope['detail'][]> {
  const days = new Map<string, Envelope['detail'][]>();
  for (const { time, detail } of events) {
    const day = new Date(time).toISOString().slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), detail]);
  }
  return days;
}
