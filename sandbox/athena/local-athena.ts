import { randomUUID } from 'node:crypto';
import type { Answer } from './select';
import type { TableDefinition } from './table-definition';

/** How a statement is doing. */
type State = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** A statement that somebody started. */
export type Execution = {
  readonly id: string;
  readonly sql: string;
  readonly workgroup: string;
  /** Where its results go, `s3://…`. */
  readonly output: string;
  state: State;
  /** Why it failed. */
  reason: string;
  /** Null until it has run, and for a definition. */
  answer: Answer | null;
};

/** Athena of the local organization: what is defined, and what has run. */
export class LocalAthena {
  readonly databases = new Set(['default']);
  /** By `database.table`. */
  readonly tables = new Map<string, TableDefinition>();
  /** Where the results of each workgroup go; null where it does not say. */
  readonly workgroups = new Map<string, string | null>([['primary', null]]);
  readonly executions = new Map<string, Execution>();
  /** Whether queries go on until they are stopped. */
  isEndless = false;
  readonly #tokens = new Map<string, Execution>();

  /** Takes a statement; the same one again for the same token. */
  take(
    started: Pick<Execution, 'sql' | 'workgroup' | 'output'>,
    token: string,
  ): { execution: Execution; isNew: boolean } {
    const known = this.#tokens.get(token);
    if (known) return { execution: known, isNew: false };
    const execution: Execution = { id: randomUUID(), ...started, state: 'QUEUED', reason: '', answer: null };
    this.executions.set(execution.id, execution);
    if (token !== '') this.#tokens.set(token, execution);
    return { execution, isNew: true };
  }

  /** Runs a statement to its end, unless it is stopped. */
  async run(execution: Execution, work: () => Promise<Answer | null>): Promise<void> {
    execution.state = 'RUNNING';
    if (this.isEndless) return;
    try {
      execution.answer = await work();
      if (execution.state === 'RUNNING') execution.state = 'SUCCEEDED';
    } catch (error) {
      execution.reason = (error as Error).message;
      execution.state = 'FAILED';
    }
  }
}
