import { type Synthesis, synthesize } from '../sandbox/cloudformation/synthesize';
import { FaultPlan } from '../sandbox/endpoint/faults';
import { Sandbox } from '../sandbox/sandbox';
import { createTrail, kim } from '../sandbox/scenario/organization-trail';
import { stormDenials } from '../sandbox/scenario/storm-denials';
import { withoutProbe } from '../test/sandbox/without-probe';
import { ColdFunction, type Round, type Run } from './cold-function';
import { median } from './median';
import type { Row, Section } from './section';

/** How often each process is started; the median counts. */
const TIMES = 20;

/** Largest bundle, in bytes. */
const BUNDLE_BYTES = 600_000;

/** Most modules of Node that the bundle may make Node load at the start; Node 20, 22 and 24 differ by a few. */
const MODULES_AT_INIT = 95;

/**
 * Most modules of Node that the first event may make Node load, beyond those: `node:http`, which only a local AWS needs,
 * and what Node 20 needs to follow promises.
 */
const MODULES_BY_EVENT = 3;

/** A scene that makes the function handle one event. */
type Scene = (sandbox: Sandbox) => void | Promise<void>;

/** The start of the responder, and its first event, in fresh processes of the bundle that is deployed. */
export const coldStart: Section = { name: 'cold-start', run: () => measureColdStart(TIMES) };

/** Measures each process `times` times. */
export async function measureColdStart(times: number): Promise<Row[]> {
  const settings = { emails: [], remediation: 'auto', locale: 'en' } as const;
  const stack = await synthesize(settings);
  try {
    const refusal: Round[] = [];
    const role: Round[] = [];
    for (let time = 0; time < times; time++) {
      refusal.push(await roundOf(stack, emitRefusal));
      role.push(await roundOf(stack, (sandbox) => createTrail(sandbox, kim, 'organization-trail')));
    }
    return rowsOf(refusal, role);
  } finally {
    await stack.remove();
  }
}

function rowsOf(refusal: readonly Round[], role: readonly Round[]): Row[] {
  const rounds = [...refusal, ...role];
  const modules = (when: keyof Run['modules']) => Math.max(...rounds.map(({ event }) => event.modules[when]));
  const timed = (what: string, of: readonly Round[], which: 'init' | 'event', aim?: string): Row[] => [
    { what: `${what}, above bare Node`, value: above(of, which, 'ms'), unit: 'ms', aim },
    { what: `${what}, processor time`, value: above(of, which, 'processorMs'), unit: 'ms' },
  ];
  return [
    {
      what: 'bundle',
      value: Math.max(...rounds.map(({ bundleBytes }) => bundleBytes)),
      unit: 'bytes',
      budget: BUNDLE_BYTES,
    },
    { what: 'modules of Node loaded at init', value: modules('atInit'), unit: 'modules', budget: MODULES_AT_INIT },
    { what: 'more of them by the first event', value: modules('byEvent'), unit: 'modules', budget: MODULES_BY_EVENT },
    { what: 'bare Node', value: tenths(median(rounds.map(({ bare }) => bare.ms))), unit: 'ms' },
    ...timed('init', rounds, 'init', '≤ 60'),
    { what: 'init over bare Node', value: timesBare(rounds), unit: 'times' },
    ...timed('init and a refusal', refusal, 'event'),
    ...timed('init and a missing role', role, 'event'),
  ];
}

/** A refusal that is told at once, and so asks for the table, the account's name and the topic. */
function emitRefusal(sandbox: Sandbox): void {
  const denials = stormDenials(100, sandbox.clock.now());
  const urgent = denials.find(({ event }) => event.detail.eventName === 'StopLogging');
  if (urgent) sandbox.emit(urgent.event, true, urgent.cause);
}

/** Plays `scene` in a local organization of its own, in which the function runs in fresh processes. */
async function roundOf(stack: Synthesis, scene: Scene): Promise<Round> {
  const rounds: Round[] = [];
  const startFunction = withoutProbe(
    (settings, environment) => new ColdFunction(settings, environment, (round) => rounds.push(round)),
  );
  const sandbox = await Sandbox.open(stack, { faults: new FaultPlan([]), startFunction });
  try {
    // The function has the time of the machine.
    sandbox.clock.advanceTo(Date.now());
    await scene(sandbox);
    await sandbox.settle(0);
  } finally {
    await sandbox.close();
  }
  const [round] = rounds;
  const notices = sandbox.journal.of('notice').length;
  if (!round || rounds.length > 1 || notices !== 1) {
    throw new Error(`A cold start took ${rounds.length} invocations and sent ${notices} notices, not one of each.`);
  }
  return round;
}

/** How much more than bare Node of the same round, in the median. */
function above(rounds: readonly Round[], which: 'init' | 'event', time: 'ms' | 'processorMs'): number {
  return tenths(median(rounds.map((round) => round[which][time] - round.bare[time])));
}

/** What init adds, as many times as bare Node of the same round takes: the same on slow machines and on fast ones. */
function timesBare(rounds: readonly Round[]): number {
  return tenths(median(rounds.map(({ bare, init }) => (init.ms - bare.ms) / bare.ms)));
}

function tenths(value: number): number {
  return Math.round(10 * value) / 10;
}
