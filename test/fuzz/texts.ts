import actionData from '../../lambda/denial/action-data.json';
import pieces from './pieces.json';
import type { Random } from './random';

/** Longest text in one input, in characters; larger than CloudTrail's own limit for a message. */
const LONGEST = 6_000;

/** Runs that stay an ARN without characters of another meaning. */
const SEPARATORS = ['/', '/a', '/h-', ':', '*', 'CloudTrail', 'A'];

const PATTERNS = new Map(
  Object.entries(actionData).flatMap(([service, { actions, resources }]) => {
    const arns: Readonly<Record<string, string>> = resources;
    return Object.entries(actions).map(([name, types]) => [
      `${service}:${name}`,
      types.split(' ').flatMap((type) => arns[type] ?? []),
    ]);
  }),
);
const ACTIONS = [...PATTERNS.keys()];

/** Actions on resources with many parts in their ARNs, which are the hardest to match. */
const MANY_PARTS = ACTIONS.filter((name) => PATTERNS.get(name)?.some((pattern) => pattern.split('${').length > 6));

/** An action: of the data mostly, else one that only looks like it. */
export function action(random: Random): string {
  if (random.once(5)) {
    return `${random.pick(pieces.services)}:${random.pick(pieces.hostile)}${random.pick(pieces.hostile)}`;
  }
  return random.pick(random.once(4) ? MANY_PARTS : ACTIONS);
}

/** An ARN of a resource that records name, often with a hostile or very long end. */
export function arn(random: Random): string {
  const of = <Item>(list: readonly Item[]) => (random.once(3) ? random.pick(list) : (list[0] as Item));
  const end = random.once(3) ? text(random) : '';
  return `arn:${of(pieces.partitions)}:${random.pick(pieces.services)}:${of(pieces.regions)}:${of(pieces.accounts)}:${random.pick(pieces.resources)}${end}`;
}

/** An ARN of one of the resource types of `action`, tied to CloudTrail by its name; some are cut, one gap may be very long. */
export function arnFor(name: string, random: Random): string {
  const patterns = PATTERNS.get(name) ?? [];
  const known: Readonly<Record<string, string>> = { Partition: 'aws', Region: 'eu-west-1', Account: '333344445555' };
  let room = random.once(3);
  const gap = () => {
    const long = room && random.once(2);
    room &&= !long;
    return long ? `cloudtrail${run(random, SEPARATORS)}` : random.pick(['my-cloudtrail', 'x', 'x', text(random)]);
  };
  const whole =
    patterns.length === 0
      ? arn(random)
      : random.pick(patterns).replaceAll(/\$\{(\w+)\}/g, (_gap, of: string) => known[of] ?? gap());
  return random.once(3) ? whole.slice(0, random.below(whole.length)) : whole;
}

/** A text of hostile pieces, now and then a very long run of one. */
export function text(random: Random): string {
  if (random.once(12)) {
    return run(random);
  }
  return Array.from({ length: 1 + random.below(4) }, () => random.pick(pieces.hostile)).join(
    random.pick(['', 'x', 'CloudTrail']),
  );
}

/** One piece again and again, up to the longest text there may be, often with another end. */
export function run(random: Random, of: readonly string[] = pieces.runs): string {
  const piece = random.pick(of);
  const times = 1 + random.below(Math.floor(LONGEST / piece.length));
  return `${piece.repeat(times)}${random.pick(['', 'x', '\n', '"', ':', ...pieces.resources])}`;
}
