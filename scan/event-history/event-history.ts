import { counted } from '../counted';
import type { History } from '../history';
import type { HistorySource, Reading, Watch } from '../source';
import type { Time } from '../time';
import { Keeper } from './keeper';
import type { LookedUp, LookUp } from './look-up';
import { Passes, type RegionPasses } from './passes';
import { type Period, periodOf } from './period';
import { progressWords } from './progress-words';
import { readRegion } from './read-region';
import { isOfCredentials, regionProblem } from './region-problem';
import { remarksOnEnd, remarksOnScope } from './remarks';
import type { ScanState } from './state';

/** What a scan of the event history touches. */
export type EventHistoryEdges = {
  readonly lookUp: LookUp;
  readonly time: Time;
  /** The file in which the state is kept, so that the scan can go on after an interruption; null for none. */
  readonly file: string | null;
};

type Failure = { readonly region: string; readonly error: unknown };

/**
 * CloudTrail's event history: the management events of one account in the last 90 days, in some Regions.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 */
export class EventHistory implements HistorySource {
  readonly name: string;
  readonly begun: number;
  readonly #period: Period;
  readonly #passes: Passes;
  readonly #keeper: Keeper;
  readonly #startedAt: number;
  /** Whether AWS has answered this reading, not one before it. */
  #isAnswered = false;

  constructor(
    private readonly state: ScanState,
    private readonly edges: EventHistoryEdges,
  ) {
    const { account, asked, begun, regions } = state;
    this.name = `event history of account ${account} in ${asked.regions.join(', ')}`;
    this.begun = begun;
    this.#period = periodOf(asked.wanted, begun);
    this.#passes = new Passes(regions, this.#period);
    this.#keeper = new Keeper(edges.file, edges.time);
    this.#startedAt = edges.time.now();
  }

  async read(history: History, watch: Watch): Promise<Reading> {
    const { finished } = this.state;
    if (this.state.history !== null) {
      history.merge(this.state.history);
    }
    const failures = finished === null ? await this.#readRegions(history, watch) : [];
    if (finished === null) {
      await this.#keeper.keep(() => this.#stateNow(history));
    }
    return {
      read: `${counted(history.counts.records, 'record')} of the ${this.name}`,
      problems: [...failures.map(({ region, error }) => regionProblem(region, error)), ...this.#keeper.problems],
      isInterrupted: watch.signal.aborted && !this.#passes.areDone,
      remarks: [
        ...remarksOnScope(this.state, this.#startedAt),
        ...remarksOnEnd(this.#passes.areDone, finished, this.edges.file),
      ],
    };
  }

  /** Reads all Regions side by side; one that fails does not hold the others up. */
  async #readRegions(history: History, watch: Watch): Promise<Failure[]> {
    const readings = this.#passes.regions.map((region) => this.#readRegion(region, history, watch));
    const failures = (await Promise.all(readings)).flat();
    const [first] = failures;
    if (!this.#isAnswered && first?.error instanceof Error && isOfCredentials(first.error)) {
      throw first.error;
    }
    return failures;
  }

  async #readRegion({ region, passes }: RegionPasses, history: History, watch: Watch): Promise<Failure[]> {
    const edges = { ...this.edges, signal: watch.signal };
    try {
      await readRegion(region, passes, this.#period, edges, (events) => this.#take(region, events, history, watch));
      return [];
    } catch (error) {
      return watch.signal.aborted ? [] : [{ region, error }];
    }
  }

  async #take(region: string, events: readonly LookedUp[], history: History, watch: Watch): Promise<void> {
    this.#isAnswered = true;
    for (const { id, record } of events) {
      history.counts.records += 1;
      history.take(record, `${region} ${id}`);
    }
    watch.tell(() => this.#progress(history));
    await this.#keeper.offer(() => this.#stateNow(history));
  }

  #progress(history: History): string {
    const elapsedMs = this.edges.time.now() - this.#startedAt;
    const regions = this.#passes.progress();
    return progressWords({
      regions,
      elapsedMs,
      records: history.counts.records,
      incidents: history.incidents().length,
    });
  }

  #stateNow(history: History): ScanState {
    const finished = this.#passes.areDone ? this.edges.time.now() : null;
    return { ...this.state, finished, regions: this.#passes.parts(), history: history.part() };
  }
}
