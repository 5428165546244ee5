import { randomUUID } from 'node:crypto';
import type { Envelope } from '../eventbridge/envelope';
import { HUB, MEMBERS } from '../organization/accounts';
import { type Identity, iamUser, roleSession } from '../organization/identity';
import { apiCallEvent } from './record';

/** A refused call, and what its incident is known by: the policy that refused it, else the principal and the layer. */
export type StormDenial = { readonly event: Envelope; readonly cause: string };

/** How many principals run into a refusal; each of them in one account. */
const PRINCIPALS = 44;

/** One event in ten comes twice. */
const DUPLICATED = 0.1;

const GUARDRAIL = `arn:aws:organizations::${HUB.account}:policy/o-examplesandbox/service_control_policy/p-keeptrails01`;

/** Who refuses, the calls it refuses, and up to which part of the storm. */
const LAYERS = [
  {
    upTo: 0.6,
    name: 'identity policy',
    policy: null,
    operations: ['GetTrailStatus', 'DescribeTrails', 'ListTrails', 'LookupEvents'],
    reason: (action: string) => `because no identity-based policy allows the ${action} action`,
  },
  {
    upTo: 0.85,
    name: 'permissions boundary',
    policy: null,
    operations: ['CreateTrail', 'StartLogging'],
    reason: (action: string) => `because no permissions boundary allows the ${action} action`,
  },
  {
    upTo: 1,
    name: 'service control policy',
    policy: GUARDRAIL,
    operations: ['StopLogging', 'DeleteTrail'],
    reason: () => `with an explicit deny in a service control policy: ${GUARDRAIL}`,
  },
] as const;

/** `count` denials within the minute after `from`, copies included. The same in every run but for their ids. */
export function stormDenials(count: number, from: number): StormDenial[] {
  const random = randomFrom(5_020);
  const callers = Array.from({ length: PRINCIPALS }, (_, at) => callerAt(at));
  const twice = Math.floor(count * DUPLICATED);
  const originals = Array.from({ length: count - twice }, (_, at) => {
    return denialOf(pick(callers, random()), random(), random(), from + Math.floor((at / count) * 60_000));
  });
  // Of the copies every other one is the very same event, the rest came by another trail.
  const copies = originals.slice(0, twice).map((denial, at) => (at % 2 === 0 ? denial : byAnotherRoute(denial)));
  return shuffled([...originals, ...copies], random);
}

function callerAt(at: number): Identity {
  const account = MEMBERS[at % MEMBERS.length] ?? HUB.account;
  return at % 2 === 0 ? roleSession(account, `Pipeline${at}`, `run-${at}`) : iamUser(account, `service-user-${at}`);
}

function denialOf(who: Identity, layerAt: number, operationAt: number, at: number): StormDenial {
  const layer = LAYERS.find(({ upTo }) => layerAt < upTo) ?? LAYERS[0];
  const operation = pick<string>(layer.operations, operationAt);
  const action = `cloudtrail:${operation}`;
  const { account, arn, shownAs } = who.caller;
  const trail = `arn:aws:cloudtrail:eu-west-1:${account}:trail/audit`;
  const errorMessage = `User: ${shownAs} is not authorized to perform: ${action} on resource: ${trail} ${layer.reason(action)}`;
  const call = {
    at,
    who,
    region: 'eu-west-1',
    service: 'cloudtrail',
    operation,
    errorCode: 'AccessDenied',
    errorMessage,
  };
  const event = apiCallEvent(call);
  const shared = { ...event, detail: { ...event.detail, sharedEventID: randomUUID() } };
  return { event: shared, cause: layer.policy ?? `${arn}, ${layer.name}` };
}

/** The same call, recorded for another trail: an event and a record of its own, which share only their shared id. */
function byAnotherRoute({ event, cause }: StormDenial): StormDenial {
  const detail = { ...event.detail, eventID: randomUUID() };
  return { event: { ...event, id: randomUUID(), detail }, cause };
}

function pick<Each>(all: readonly Each[], at: number): Each {
  return all[Math.floor(at * all.length)] as Each;
}

function shuffled<Each>(all: readonly Each[], random: () => number): Each[] {
  return all
    .map((each) => ({ each, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ each }) => each);
}

/** Numbers from 0 to 1, the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
