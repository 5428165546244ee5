import pieces from './pieces.json';
import type { Random } from './random';
import { action, arn, arnFor, run, text } from './texts';

/** Longest message, in characters; eight times what CloudTrail records. */
const LONGEST = 8_000;

/** A refusal in one of AWS's forms, with random and hostile pieces, cut short or with clauses repeated. */
export function message(random: Random): string {
  if (random.once(15)) {
    return `${random.pick(pieces.answers)}${text(random)}`;
  }
  if (random.once(40)) {
    return run(random);
  }
  const clauses = Array.from({ length: 1 + random.below(random.once(8) ? 6 : 2) }, () => reason(random));
  const what = action(random);
  const whole = [
    random.pick(pieces.before),
    who(random),
    random.pick(pieces.verbs),
    what,
    on(what, random),
    ...clauses,
  ].join('');
  const parts = `${whole}${random.pick(pieces.behind)}${random.once(10) ? text(random) : ''}`;
  return mangled((random.once(20) ? `${parts} ${parts}` : parts).slice(0, LONGEST), random);
}

function who(random: Random): string {
  const nobody = random.once(4) ? random.pick(['anonymous', '111122223333', 'cloudtrail.amazonaws.com']) : arn(random);
  return `${random.pick(pieces.who)}${random.once(6) ? text(random) : nobody}`;
}

function on(what: string, random: Random): string {
  if (random.once(4)) {
    return '';
  }
  const name = random.pick([
    arnFor(what, random),
    arnFor(what, random),
    arn(random),
    text(random),
    `role ${text(random)}`,
    'My-Trail',
    'user mateo',
  ]);
  const quoted = random.once(5) ? `"${random.once(3) ? `"${name}"` : name}"` : name;
  return `${random.once(6) ? random.pick(pieces.on) : ' on resource: '}${quoted}`;
}

function reason(random: Random): string {
  if (random.once(3)) {
    return '';
  }
  const layer = random.pick(pieces.layers);
  const policy = random.once(2) ? `: ${random.once(4) ? text(random) : arn(random)}` : '';
  const through = random.once(5) ? ` transitively through a ${random.pick(pieces.layers)}${policy}` : '';
  return random.once(2)
    ? ` because no ${layer} allows the ${action(random)} action`
    : ` with an explicit deny${random.once(5) ? '' : `${random.pick(pieces.articles)}${layer}${policy}${through}`}`;
}

/** The message cut at CloudTrail's limit or anywhere, or with a piece put in somewhere. */
function mangled(whole: string, random: Random): string {
  if (random.once(8)) {
    return whole.slice(0, random.once(2) ? 1024 : random.below(whole.length + 1));
  }
  if (random.once(6)) {
    const at = random.below(whole.length + 1);
    return `${whole.slice(0, at)}${random.pick(pieces.hostile)}${whole.slice(at)}`;
  }
  return whole;
}
