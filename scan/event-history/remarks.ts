import { globalServicesRegion, partitionOfRegion } from '../../lambda/denial/arn';
import { minuteOf } from '../../lambda/notice/describe-incident';
import { DAYS_KEPT, oldestKept } from './period';
import type { ScanState } from './state';

const HOUR = 3_600_000;

/**
 * What was left out of a scan.
 * @param now when this reading began
 */
export function remarksOnScope({ asked, begun, account, history, finished }: ScanState, now: number): string[] {
  const [region = ''] = asked.regions;
  const global = globalServicesRegion(partitionOfRegion(region));
  const { since } = asked.wanted;
  const goesOn = finished === null && history !== null;
  return [
    ...(since !== null && since < oldestKept(begun)
      ? [`The event history goes back ${DAYS_KEPT} days: nothing before ${minute(oldestKept(begun))} was read.`]
      : []),
    ...(global === undefined || asked.regions.includes(global)
      ? []
      : [`IAM and Organizations are recorded in ${global} only, which was not read: add it to --region.`]),
    ...(goesOn
      ? [`This went on with the scan of account ${account} of ${minute(begun)}: later calls are not in it.`]
      : []),
    ...(goesOn && oldestKept(now) - Math.max(since ?? 0, oldestKept(begun)) > HOUR
      ? [
          `Calls before ${minute(oldestKept(now))} have left the event history meanwhile; what was not read of them is lost.`,
        ]
      : []),
  ];
}

/**
 * Where a result comes from that nobody had to wait for, or how to go on with a scan that was not finished.
 * @param finished when an earlier reading had read everything; null when none had
 */
export function remarksOnEnd(isDone: boolean, finished: number | null, file: string | null): string[] {
  if (finished !== null) {
    return [
      `Taken from ${file}, which was finished on ${minute(finished)}; AWS was asked nothing. Delete it to begin anew.`,
    ];
  }
  if (isDone) {
    return [];
  }
  return [
    file === null
      ? 'Where it stopped is not kept: with --resume FILE, the same command can be run again to go on.'
      : `What was read is kept in ${file}: run the same command again to go on.`,
  ];
}

function minute(time: number): string {
  return minuteOf(new Date(time).toISOString());
}
