import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import type { Clock } from '../clock';
import type { FunctionSettings } from '../cloudformation/deployment';
import type { FunctionRuntime, Invocation } from './function-process';
import { HurriedTimer, Life } from './hurried-timer';
import { dateOf, requireFor } from './in-process-node';

type Handler = (event: unknown, context: object) => Promise<unknown>;
type Bundle = (...names: unknown[]) => void;

/** Names that a bundle finds in the place of Node's own. */
const NAMES = [
  'exports',
  'require',
  'module',
  '__filename',
  'process',
  'console',
  'Date',
  'setTimeout',
  'clearTimeout',
];

/**
 * A function in our own process, loaded from its bundle as Lambda would load it: for tests and measurements, where a
 * process for each of a thousand crashes would take too long. {@link crash} is its end, as SIGKILL is that of a process.
 */
export class InProcessFunction implements FunctionRuntime {
  #handler: Handler | null = null;
  #life = new Life();
  #abandon: (invocation: Invocation) => void = () => {};

  constructor(
    private readonly settings: FunctionSettings,
    private readonly addedEnvironment: Readonly<Record<string, string>>,
    private readonly onLog: (text: string) => void,
    private readonly clock: Clock,
  ) {}

  /** Loads the bundle when it is not loaded, and invokes the handler; a crash abandons the invocation. */
  invoke(event: unknown): Promise<Invocation> {
    return new Promise((resolve) => {
      this.#abandon = resolve;
      this.#run(event).then(
        (answer) => resolve({ succeeded: true, answer }),
        (error: unknown) =>
          resolve({ succeeded: false, reason: error instanceof Error ? String(error.stack) : `${error}` }),
      );
    });
  }

  /** Ends the function where it stands: it calls nothing any more, writes nothing, and its next invocation starts it anew. */
  crash(): void {
    this.#life.end();
    this.#handler = null;
    this.#abandon({ succeeded: false, reason: 'Runtime exited with signal SIGKILL' });
  }

  async stop(): Promise<void> {
    this.#life.end();
  }

  async #run(event: unknown): Promise<unknown> {
    this.#handler ??= this.#load();
    const { name, arn, timeoutSeconds } = this.settings;
    return this.#handler(event, {
      awsRequestId: randomUUID(),
      functionName: name,
      invokedFunctionArn: arn,
      getRemainingTimeInMillis: () => timeoutSeconds * 1000,
    });
  }

  #load(): Handler {
    const [file = '', name = ''] = this.settings.handler.split('.');
    const path = join(this.settings.code, `${file}.js`);
    const life = new Life();
    this.#life = life;
    const module = { exports: {} as Record<string, Handler> };
    const write = (text: string) => life.isOver || this.onLog(text);
    const log = (...parts: unknown[]) => write(`${parts.map((part) => JSON.stringify(part)).join(' ')}\n`);
    bundleAt(path)(
      module.exports,
      requireFor(path, life),
      module,
      path,
      Object.create(process, {
        env: { value: { ...this.settings.environment, ...this.addedEnvironment } },
        stdout: { value: { write } },
      }),
      { ...console, log, error: log, warn: log },
      dateOf(this.clock),
      (work: () => void, ms = 0) => new HurriedTimer(work, ms, life),
      (timer: unknown) => timer instanceof HurriedTimer && timer.cancel(),
    );
    return module.exports[name] ?? (() => Promise.reject(new Error(`${path} exports no ${name}`)));
  }
}

const bundles = new Map<string, Bundle>();

/** The bundle as a function of {@link NAMES}, compiled once. */
function bundleAt(path: string): Bundle {
  const source = () => `(function (${NAMES.join(', ')}) {${readFileSync(path, 'utf8')}\n})`;
  const bundle = bundles.get(path) ?? (runInThisContext(source(), { filename: path }) as Bundle);
  bundles.set(path, bundle);
  return bundle;
}
