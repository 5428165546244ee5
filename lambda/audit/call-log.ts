import { AsyncLocalStorage } from 'node:async_hooks';
import type { Call } from './audit-record';

const calls = new AsyncLocalStorage<Call[]>();

/** The part of an SDK client that {@link recordCalls} needs; every client of the SDK has it. */
type Recordable = {
  readonly middlewareStack: { add(middleware: Middleware, options: { step: 'initialize'; name: string }): void };
};
type Metadata = { requestId?: string; attempts?: number };
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
        const note = (outcome: string, { requestId, attempts }: Metadata) =>
          calls
            .getStore()
            ?.push({ service, operation, requestId: requestId ?? null, outcome, attempts: attempts ?? 1 });
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
