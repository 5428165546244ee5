import type { Asking, Fault, FaultSource } from '../../sandbox/endpoint/faults';
import { isMark, isPublish, stepOf } from './step';

/**
 * What goes wrong at one call of the function: it fails, this often if the SDK tries again, or the function ends before
 * the call is made.
 */
export type Mishap = { readonly kind: Fault; readonly times: number } | { readonly kind: 'crash' };

/**
 * Which call of the function goes wrong, counted from 1, attempts of the SDK included: of all, or of those that are for this
 * step. Calls that are made side by side come in any order, so only the latter finds the same call again.
 */
export type Planned = { readonly at: number; readonly step?: string; readonly mishap: Mishap };

/** What a call was for, which one for it that was, from 1, and whether AWS may answer it with what was there before. */
export type Call = { readonly step: string; readonly at: number; readonly canBeStale: boolean };

/** Lets planned calls go wrong, and remembers every call. */
export class Mishaps implements FaultSource {
  readonly calls: Call[] = [];
  /** Whether a planned call was made at all. */
  hasStruck = false;
  /** Whether SNS had been given a notice then that was not noted as sent yet: it goes out again when nothing else helps. */
  struckUnnoted = false;
  /** Calls that fail whenever they are made, until it is taken away. */
  poison: ((asking: Asking) => boolean) | null = null;
  #repeating: { readonly call: string; readonly fault: Fault; left: number } | null = null;
  #planned: readonly Planned[];
  #unnoted = 0;

  constructor(
    planned: readonly Planned[],
    /** Ends the function that makes the current call. */
    private readonly crash: () => void,
  ) {
    this.#planned = planned;
  }

  /** Nothing goes wrong from now on. */
  end(): void {
    this.#planned = [];
    this.#repeating = null;
    this.poison = null;
  }

  /** Plans further mishaps, counted from the next call. */
  plan(at: number, mishap: Mishap): void {
    this.#planned = [...this.#planned, { at: this.calls.length + at, mishap }];
  }

  take(asking: Asking, canBeStale: boolean): Fault | null {
    const step = stepOf(asking, canBeStale);
    const isUnnoted = this.#unnoted > 0;
    this.#unnoted += Number(isPublish(step)) - Number(isMark(step));
    const at = 1 + this.calls.filter((made) => made.step === step).length;
    this.calls.push({ step, at, canBeStale });
    const call = `${asking.service}:${asking.operation}`;
    if (this.poison?.(asking)) return 'error';
    const mishap = this.#plannedFor(step, at);
    if (mishap?.kind === 'crash') {
      this.#strike(isUnnoted);
      this.crash();
      return 'timeout';
    }
    if (mishap && (mishap.kind !== 'stale' || canBeStale)) {
      this.#strike(isUnnoted);
      this.#repeating = { call, fault: mishap.kind, left: mishap.times };
    }
    const repeating = this.#repeating;
    if (!repeating || repeating.call !== call || repeating.left === 0) return null;
    repeating.left -= 1;
    return repeating.fault;
  }

  #plannedFor(step: string, at: number): Mishap | undefined {
    const planned = this.#planned.find((each) =>
      each.step === undefined ? each.at === this.calls.length : each.step === step && each.at === at,
    );
    return planned?.mishap;
  }

  #strike(isUnnoted: boolean): void {
    this.hasStruck = true;
    this.struckUnnoted = isUnnoted;
  }
}
