import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call } from './call';

const calls = new AsyncLocalStorage<Call[]>();

/** The part of an SDK client that {@link recordCalls} needs; every client of the SDK has it. */
type Recordable = {
  readonly middlewareStack: { add(middleware: Middleware, options: { step: 'initialize'; name: string }): void };
};
type Metadata = { requestId?: string | null; attempts?: number };
type Output = { output: { $metadata: Metadata } };
type Next = (args: never) => Promise<Output>;
type Middleware = (next: Next, context: { clientName?: string; commandName?: string }) => Next;

/** Runs `work`; every call that recorded clients make meanwhile, in whatever order, is in `made`. */
export function withCallLog<T>(made: Call[], work: () => Promise<T>): Promise<T> {
  return calls.run(made, work);
}

/** Makes `client` note each call with its outcome, after the SDK's own attempts. Returns the client. */
export function recordCalls<Client>(client: Client): Client {
  (client as Recordable).middlewareStack.add(
    (next, { clientName = '', commandName = '' }) =>
      async (args) => {
        const service = clientName.replace(/Client$/, '').toLowerCase();
        const operation = commandName.replace(/Command$/, '');
        const began = Date.now();
        const note = (outcome: string, { requestId = null, attempts = 1 }: Metadata) => {
          const durationMs = Math.max(0, Date.now() - began);
          calls.getStore()?.push({ service, operation, requestId, outcome, attempts, durationMs });
        };
        try {
          const result = await next(args);
          note('ok', result.output.$metadata);
          return result;
        } catch (error) {
          const { name, $metadata } = error as Error & { $metadata?: Metadata };
          note(name, $metadata ?? {});
          throw error;
        }
      },
    { step: 'initialize', name: 'trailmendCallLog' },
  );
  return client;
}
