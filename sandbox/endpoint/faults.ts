import { UsageError } from '../usage-error';
import type { Call } from './operation';
import { SERVICES } from './services';

/** The ways a call can be made to fail. */
export const FAULTS = {
  throttle: 'refused because of too many calls',
  error: 'an internal error of the service',
  refuse: 'access denied',
  expire: 'refused because the credentials have expired',
  timeout: 'no answer until the caller gives up',
  lost: 'done, but the connection breaks before the answer',
  stale: 'a read that may lag behind (iam:GetRole, dynamodb:GetItem, dynamodb:Query) does not see what is there',
} as const;

/** One way to fail. */
export type Fault = keyof typeof FAULTS;

const GRAMMAR = `service:Operation=fault*times, such as iam:CreateServiceLinkedRole=throttle*2 (faults: ${Object.keys(FAULTS).join(', ')}; times: 1 when left out)`;

type Planned = { readonly service: string; readonly operation: string; readonly fault: Fault; left: number };

/** Decides which calls fail. */
export type FaultSource = {
  /**
   * The fault that a call meets; null when there is none. `canBeStale`: it can be answered as if something that is there
   * were not.
   */
  take(call: Asking, canBeStale: boolean): Fault | null;
};

/** What of a call decides whether it fails. */
export type Asking = Pick<Call, 'service' | 'operation' | 'region' | 'input'>;

/** The failures that are still to happen. */
export class FaultPlan implements FaultSource {
  readonly #planned: Planned[];

  /** @throws UsageError for a spec that is not written as design section 9 says. */
  constructor(specs: readonly string[]) {
    this.#planned = specs.map(readSpec);
  }

  /** The next planned fault of an operation, which is counted. */
  take({ service, operation }: Asking, canBeStale: boolean): Fault | null {
    const planned = this.#planned.find(
      (each) =>
        each.left > 0 &&
        each.service === service &&
        each.operation === operation &&
        (each.fault !== 'stale' || canBeStale),
    );
    if (!planned) return null;
    planned.left -= 1;
    return planned.fault;
  }
}

function readSpec(spec: string): Planned {
  const [, service = '', operation = '', fault = '', times = '1'] =
    /^([a-z][a-z0-9]*):([A-Za-z][A-Za-z0-9]*)=([a-z]+)(?:\*([1-9]\d{0,3}))?$/.exec(spec) ?? [];
  const refuse = (reason: string) => new UsageError(`--fail ${spec}: ${reason}. Write ${GRAMMAR}.`);
  if (service === '') throw refuse('this is not a fault');
  const operations = SERVICES[service]?.operations ?? {};
  const names = Object.keys(operations);
  if (names.length === 0) throw refuse(`unknown service "${service}", known are ${Object.keys(SERVICES).join(', ')}`);
  if (!names.includes(operation)) throw refuse(`${service} has ${names.join(', ')} here, not "${operation}"`);
  if (!isFault(fault)) throw refuse(`unknown fault "${fault}"`);
  if (fault === 'stale' && !operations[operation]?.stale) throw refuse(`${service}:${operation} is never stale`);
  return { service, operation, fault, left: Number(times) };
}

function isFault(text: string): text is Fault {
  return Object.hasOwn(FAULTS, text);
}
