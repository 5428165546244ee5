import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { AsyncSettings } from '../cloudformation/deployment';
import type { Journal } from '../journal';
import type { FunctionRuntime } from './function-process';

/** What Lambda does where nothing is said. */
const DEFAULTS: AsyncSettings = { retries: 2, onFailureArn: null };

/** Minutes before the first retry, and before the second. */
const PAUSES = [1, 2];

type Waiting = { readonly id: string; readonly event: unknown; readonly tries: number; readonly dueAt: number };

/** An event that a function could not handle, and its last error. */
export type GivenUp = { readonly id: string; readonly event: unknown; readonly tries: number; readonly reason: string };

/** What an {@link AsyncInvocations} needs. */
export type AsyncOptions = {
  readonly settings: AsyncSettings | undefined;
  /** Starts a place to run the function in. */
  readonly start: () => FunctionRuntime;
  readonly onGivenUp: (event: GivenUp) => void;
  readonly journal: Journal;
  readonly clock: Clock;
};

/**
 * Events that wait for one function, which nobody waits for in turn. Lambda tries again when it fails.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class AsyncInvocations {
  #waiting: Waiting[] = [];
  #runtime: FunctionRuntime | null = null;

  constructor(private readonly options: AsyncOptions) {}

  /** Takes an event. */
  add(event: unknown): void {
    this.#waiting.push({ id: randomUUID(), event, tries: 0, dueAt: this.options.clock.now() });
  }

  /** Hands over what is due; false when nothing was. */
  async poll(): Promise<boolean> {
    const now = this.options.clock.now();
    const due = this.#waiting.filter(({ dueAt }) => dueAt <= now);
    this.#waiting = this.#waiting.filter((each) => !due.includes(each));
    for (const each of due) await this.#invoke(each);
    return due.length > 0;
  }

  /** When the next event is due; null when none waits. */
  nextDueAt(): number | null {
    return this.#waiting.length === 0 ? null : Math.min(...this.#waiting.map(({ dueAt }) => dueAt));
  }

  /** Ends the place where the function runs. */
  async stop(): Promise<void> {
    await this.#runtime?.stop();
  }

  async #invoke({ id, event, tries }: Waiting): Promise<void> {
    const { start, onGivenUp, journal, clock, settings = DEFAULTS } = this.options;
    this.#runtime ??= start();
    const invocation = await this.#runtime.invoke(event);
    if (invocation.succeeded) return;
    const { reason } = invocation;
    journal.add({ kind: 'function-failed', messageIds: [], reason });
    if (tries >= settings.retries) onGivenUp({ id, event, tries: tries + 1, reason });
    else this.#waiting.push({ id, event, tries: tries + 1, dueAt: clock.now() + Number(PAUSES[tries]) * 60_000 });
  }
}
