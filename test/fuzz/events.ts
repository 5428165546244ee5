import { fixtureFolders, fixturesOf } from '../support/fixtures';
import { message } from './messages';
import pieces from './pieces.json';
import type { Random } from './random';
import { action, arn, run, text } from './texts';

/** Largest event, in characters of JSON; a larger one is given up for the fixture it was made of. */
const LARGEST = 9_000;

const SEEDS = fixtureFolders.flatMap((folder) => fixturesOf(folder)).map(({ event }) => JSON.stringify(event));

type Container = Record<string, unknown>;

/** A fixture's event with one to four members dropped, replaced, doubled, nested or made hostile. */
export function event(random: Random): unknown {
  const seed = random.pick(SEEDS);
  const root: Container = JSON.parse(seed);
  if (random.once(200)) {
    return random.pick([value(random), [root], seed, null]);
  }
  for (let times = 1 + random.below(4); times > 0; times -= 1) {
    const record = root.detail;
    if (random.once(2) && typeof record === 'object' && record !== null) {
      aim(record as Container, random);
    } else {
      mutate(root, random);
    }
  }
  const text = JSON.stringify(root);
  return JSON.parse(text.length > LARGEST ? seed : text);
}

/** Changes any one member. */
function mutate(root: Container, random: Random): void {
  const at = containerIn(root, random);
  const names = Object.keys(at);
  const name = random.pick(names.length === 0 ? pieces.members : names);
  const changes: readonly (() => void)[] = [
    () => Reflect.deleteProperty(at, name),
    () => put(at, random.pick(pieces.members), at[name]),
    () => put(at, name, random.once(5) ? nested(random, at[name]) : [at[name]]),
    () => put(at, name, value(random)),
    () => put(at, random.pick(pieces.members), value(random)),
  ];
  random.pick(changes)();
}

/** Changes a member that decides how the record is read. */
function aim(record: Container, random: Random): void {
  const source = () => random.pick([...pieces.hostile, ...pieces.services, 'CloudTrail']);
  const changes: readonly (() => void)[] = [
    () => put(record, 'errorMessage', message(random)),
    () => put(record, 'errorCode', random.pick(pieces.codes)),
    () => put(record, 'eventSource', `${source()}.amazonaws.com`),
    () => put(record, 'eventName', random.once(2) ? action(random).split(':')[1] : text(random)),
    () => put(record, 'awsRegion', random.pick(pieces.hostile)),
    () => put(record, 'requestParameters', parameters(random)),
    () => put(record, 'resources', [{ ARN: arn(random) }, value(random)]),
    () => put(record, 'userIdentity', userIdentity(random)),
    () => put(record, 'sourceIPAddress', 'cloudtrail.amazonaws.com'),
  ];
  random.pick(changes)();
}

function userIdentity(random: Random): Container {
  return { type: random.pick(pieces.types), arn: arn(random), accountId: random.pick(pieces.accounts) };
}

function parameters(random: Random): Container {
  const of: Container = {};
  for (let times = random.below(4); times >= 0; times -= 1) {
    put(of, random.pick(pieces.members), random.once(2) ? arn(random) : value(random));
  }
  return of;
}

/** Sets an own member, also one that is called as the prototype is; arrays of JSON have elements only. */
function put(of: Container, name: string, to: unknown): void {
  if (Array.isArray(of) && !/^\d+$/.test(name)) {
    return;
  }
  Object.defineProperty(of, name, { value: to, enumerable: true, configurable: true, writable: true });
}

function value(random: Random): unknown {
  const kinds: readonly (() => unknown)[] = [
    () => null,
    () => true,
    () => -0,
    () => 1e308,
    () => '',
    () => [],
    () => ({}),
    () => text(random),
    () => arn(random),
    () => run(random),
    () => [null, [], 'x', { ARN: 7 }],
    () => JSON.parse('{"__proto__":{"arn":"x"},"constructor":null,"length":3}'),
    () => parameters(random),
    () => (random.once(10) ? nested(random, 'cloudtrail') : 'cloudtrail'),
  ];
  return random.pick(kinds)();
}

function nested(random: Random, inner: unknown): unknown {
  let result = inner;
  for (let depth = random.below(600); depth > 0; depth -= 1) {
    result = random.once(2) ? [result] : { a: result };
  }
  return result;
}

/** The container itself, or one somewhere inside. */
function containerIn(root: Container, random: Random): Container {
  const inner = Object.values(root).filter(
    (member): member is Container => typeof member === 'object' && member !== null,
  );
  return inner.length === 0 || random.once(3) ? root : containerIn(random.pick(inner), random);
}
