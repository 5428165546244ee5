import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Clock } from '../clock';
import type { FunctionSettings } from '../cloudformation/deployment';

/** What became of an invocation. */
export type Invocation =
  | { readonly succeeded: true; readonly answer: unknown }
  | { readonly succeeded: false; readonly reason: string };

type FromFunction =
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'answer'; readonly requestId: string; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly requestId: string; readonly reason: string };

/** A place where a function runs: its process, or what stands for one. */
export type FunctionRuntime = {
  invoke(event: unknown): Promise<Invocation>;
  stop(): Promise<void>;
};

/** A function in a process of its own, which knows nothing but its environment. One invocation at a time. */
export class FunctionProcess implements FunctionRuntime {
  #process: ChildProcess | null = null;

  constructor(
    private readonly settings: FunctionSettings,
    /** What Lambda adds to the environment of the template. */
    private readonly addedEnvironment: Readonly<Record<string, string>>,
    private readonly onLog: (text: string) => void,
    private readonly clock: Clock,
  ) {}

  /** Invokes the function; starts its process when there is none, ends it when the function's timeout is over. */
  async invoke(event: unknown): Promise<Invocation> {
    const { timeoutSeconds, arn } = this.settings;
    const child = this.#process ?? this.#start();
    const requestId = randomUUID();
    const deadline = Date.now() + timeoutSeconds * 1000;
    // A process that has just ended says so by its exit.
    child.send({ requestId, event, functionArn: arn, now: this.clock.now(), deadline }, () => {});
    return this.#answer(child, requestId, timeoutSeconds);
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  #start(): ChildProcess {
    const { handler, code, environment, name, memoryMegabytes } = this.settings;
    const env = {
      ...environment,
      ...this.addedEnvironment,
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: code,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    };
    const child = fork(require.resolve('./runtime.js'), {
      cwd: code,
      env,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    // What a crash prints does not pass the runtime.
    child.stderr?.on('data', (chunk: Buffer) => this.onLog(chunk.toString()));
    child.on('message', (message: FromFunction) => message.kind === 'log' && this.onLog(message.text));
    child.on('exit', () => {
      if (this.#process === child) this.#process = null;
    });
    this.#process = child;
    return child;
  }

  #answer(child: ChildProcess, requestId: string, timeoutSeconds: number): Promise<Invocation> {
    return new Promise((resolve) => {
      const end = (invocation: Invocation) => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        resolve(invocation);
      };
      const onMessage = (message: FromFunction) => {
        if (message.kind === 'answer' && message.requestId === requestId)
          end({ succeeded: true, answer: message.answer });
        if (message.kind === 'failure' && message.requestId === requestId)
          end({ succeeded: false, reason: message.reason });
      };
      const onExit = (code: number | null, signal: string | null) =>
        end({ succeeded: false, reason: `Runtime exited with ${code === null ? `signal ${signal}` : `code ${code}`}` });
      const timer = setTimeout(() => {
        end({ succeeded: false, reason: `Task timed out after ${timeoutSeconds} seconds` });
        void this.stop();
      }, timeoutSeconds * 1000);
      child.on('message', onMessage);
      child.on('exit', onExit);
    });
  }
}
