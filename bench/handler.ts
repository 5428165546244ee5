import { synthesize } from '../sandbox/cloudformation/synthesize';
import { FaultPlan } from '../sandbox/endpoint/faults';
import { InProcessFunction } from '../sandbox/function/in-process-function';
import { Sandbox } from '../sandbox/sandbox';
import { type StormDenial, stormDenials } from '../sandbox/scenario/storm-denials';
import { withoutProbe } from '../test/sandbox/without-probe';
import type { Row, Section } from './section';

/** Denials of one run through the handler and the local database. */
const DENIALS = 1_000;

/** What handling an event costs: the bundled handler, the local endpoint and its database, all in this process. */
export const handler: Section = { name: 'handler', run: measureHandler };

async function measureHandler(): Promise<Row[]> {
  const settings = { emails: [], remediation: 'auto', locale: 'en' } as const;
  const stack = await synthesize(settings);
  // One instance for all batches: each notes once an hour which places it hears.
  let instance: InProcessFunction | undefined;
  const startFunction = withoutProbe((...args) => {
    instance ??= new InProcessFunction(...args);
    return instance;
  });
  const sandbox = await Sandbox.open(stack, { faults: new FaultPlan([]), startFunction });
  try {
    const denials = stormDenials(DENIALS, sandbox.clock.now());
    const [ofPlaces, others] = apart(denials.map(withOwnRecord), placeOf);
    const known = new Set(ofPlaces.map(({ cause }) => cause));
    const [first, further] = apart(others, ({ cause }) => cause, known);
    // The bundle and its clients are loaded, and every place is noted once an hour, before anything is measured.
    await callsPer(sandbox, ofPlaces);
    const newIncident = await callsPer(sandbox, first);
    const began = performance.now();
    const furtherEvent = await callsPer(sandbox, further);
    const eventsPerSecond = Math.round(further.length / ((performance.now() - began) / 1000));
    const duplicate = await callsPer(sandbox, further.slice(0, 200));
    const unit = 'AWS calls';
    return [
      { what: 'event that opens an incident', value: newIncident, unit, budget: 6 },
      { what: 'further event of an incident', value: furtherEvent, unit, budget: 3 },
      { what: 'repeated delivery', value: duplicate, unit, budget: 1 },
      { what: 'handled with a local AWS', value: eventsPerSecond, unit: 'a second' },
    ];
  } finally {
    await sandbox.close();
    await stack.remove();
  }
}

/** Sends the denials and lets only their own messages be handled, none of what is due later. */
async function callsPer(sandbox: Sandbox, denials: readonly StormDenial[]): Promise<number> {
  const before = sandbox.journal.of('call').length;
  for (const { event, cause } of denials) sandbox.emit(event, true, cause);
  await sandbox.settle(0);
  const calls = sandbox.journal.of('call').length - before;
  return Math.round((100 * calls) / denials.length) / 100;
}

/** The denial as an event that nothing is a copy of. */
function withOwnRecord({ event, cause }: StormDenial, at: number): StormDenial {
  const detail = { ...event.detail, eventID: `event-${at}`, sharedEventID: `event-${at}` };
  return { event: { ...event, id: `envelope-${at}`, detail }, cause };
}

function placeOf({ event: { account, region } }: StormDenial): string {
  return `${account} ${region}`;
}

/** The first denial of each of what `of` tells, but for those that are known, and all others. */
function apart(
  denials: readonly StormDenial[],
  of: (denial: StormDenial) => string | undefined,
  known: ReadonlySet<string | undefined> = new Set(),
): [first: StormDenial[], others: StormDenial[]] {
  const seen = new Set(known);
  const isFirst = denials.map((denial) => !seen.has(of(denial)) && Boolean(seen.add(of(denial))));
  return [denials.filter((_, at) => isFirst[at]), denials.filter((_, at) => !isFirst[at])];
}
