import { failuresOf } from '../../sandbox/summary';
import type { World } from './incident-world';

/** How a story ended in which one call went wrong. */
export type Ending = {
  /**
   * `ok`: nobody noticed; `later`: a later sweep told what this one could not; `again`: the message came again;
   * `redriven`: it went to the dead letters; `-`: the call was not made.
   */
  readonly how: 'ok' | 'later' | 'again' | 'redriven' | '-';
  /** Notices that were sent twice. */
  readonly doubled: number;
  /** Whether SNS had been given a notice, and nobody had noted that yet, when the call went wrong. */
  readonly unnoted: boolean;
  /** What is wrong in the end. */
  readonly problems: readonly string[];
};

/** A notice: what it tells, and how many minutes after the first event it came. */
export type Told = { readonly what: string; readonly minutes: number };

/** How the world ended, compared with the notices of a story in which nothing goes wrong. */
export async function endingIn(world: World, undisturbed: readonly Told[]): Promise<Ending> {
  const { journal } = world.sandbox;
  const told = noticesIn(world);
  const isLater = undisturbed.some(({ minutes }, at) => Number(told[at]?.minutes) > minutes + 1);
  const again =
    journal.of('audit').some(({ record }) => record.receiveCount > 1) || journal.of('function-failed').length > 0;
  const soon = isLater ? 'later' : 'ok';
  const how = journal.of('dead-lettered').length > 0 ? 'redriven' : again ? 'again' : soon;
  const doubled = told.length - new Set(told.map(({ what }) => what)).size;
  return { how, doubled, unnoted: world.mishaps.struckUnnoted, problems: await problemsIn(world) };
}

/** Everything that is wrong with a world after it has recovered, refusals on purpose left out. */
export async function problemsIn({ sandbox }: World): Promise<string[]> {
  const failures = failuresOf(sandbox, await sandbox.database.items());
  return failures.filter((failure) => !failure.startsWith('the function may not call'));
}

/** Every notice by what it tells: of which incident, and which event or how many up to then. */
export function noticesIn({ sandbox }: World): Told[] {
  const began = sandbox.journal.of('event')[0]?.at ?? 0;
  return sandbox.journal.of('notice').map(({ notice, at }) => {
    const { kind, incidentKey, incident, incidents, denial, outcome } = Object(notice.json);
    const one = incident?.count === null ? [denial?.eventId, outcome?.kind] : [incident?.count, incident?.total];
    const many = (incidents ?? []).map((row: { incidentKey: string; total: number }) => [row.incidentKey, row.total]);
    return { what: JSON.stringify([kind, incidentKey, one, many]), minutes: Math.floor((at - began) / 60_000) };
  });
}
