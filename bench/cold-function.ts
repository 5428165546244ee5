import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FunctionSettings } from '../sandbox/cloudformation/deployment';
import type { FunctionRuntime, Invocation } from '../sandbox/function/function-process';

const PROCESS = join(__dirname, 'cold-process.js');

/** What one fresh process came to. */
export type Run = {
  /** From its start to its end, in milliseconds. */
  readonly ms: number;
  /** Time on any core until its work was done, in milliseconds. */
  readonly processorMs: number;
  /** What the handler answered. */
  readonly answer: unknown;
  /** Modules of Node that were loaded beyond those of bare Node. */
  readonly modules: { readonly atInit: number; readonly byEvent: number };
};

/** One round: bare Node, Node with the bundle, and Node with the bundle and an event, started one after the other. */
export type Round = {
  readonly bundleBytes: number;
  readonly bare: Run;
  readonly init: Run;
  readonly event: Run;
};

/** A function of which every invocation is the first: in a process of its own, with those to compare it with before. */
export class ColdFunction implements FunctionRuntime {
  constructor(
    private readonly settings: FunctionSettings,
    private readonly addedEnvironment: Readonly<Record<string, string>>,
    private readonly onRound: (round: Round) => void,
  ) {}

  async invoke(event: unknown): Promise<Invocation> {
    const bare = await this.#run('bare');
    const init = await this.#run('init');
    const withEvent = await this.#run('event', JSON.stringify(event));
    const { code, handler } = this.settings;
    const bundleBytes = statSync(join(code, `${handler.split('.')[0]}.js`)).size;
    this.onRound({ bundleBytes, bare, init, event: withEvent });
    return { succeeded: true, answer: withEvent.answer };
  }

  async stop(): Promise<void> {}

  async #run(...args: readonly string[]): Promise<Run> {
    const { environment, handler, code } = this.settings;
    const env = { ...environment, ...this.addedEnvironment, _HANDLER: handler, LAMBDA_TASK_ROOT: code };
    const began = performance.now();
    const child = spawn(process.execPath, [PROCESS, ...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const [, complaint, report, [exitCode]] = await Promise.all([
      printed(child, 1),
      printed(child, 2),
      printed(child, 3),
      once(child, 'exit'),
    ]);
    const ms = performance.now() - began;
    if (exitCode !== 0 || complaint !== '') throw new Error(`A cold start ended with ${exitCode}: ${complaint}`);
    return { ms, ...JSON.parse(report) };
  }
}

/** What the process writes to a file descriptor. */
function printed({ stdio }: ChildProcess, descriptor: number): Promise<string> {
  return text(stdio[descriptor] as NodeJS.ReadableStream);
}
