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
  const startFunction = withoutProbe((...args) => new InProcessFunction(...args));
  const sandbox = await Sandbox.open(stack, { faults: new FaultPlan([]), startFunction });
  try {
    const denials = stormDenials(DENIALS, sandbox.clock.now());
    const { first, further } = split(denials.map(withOwnRecord));
    // The bundle and its clients are loaded before anything is measured.
    await callsPer(sandbox, first.slice(0, 1));
    const newIncident = await callsPer(sandbox, first.slice(1));
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

/** The first denial of each cause, and all others. */
function split(denials: readonly StormDenial[]): { first: StormDenial[]; further: StormDenial[] } {
  const known = new Set<string>();
  const isFirst = denials.map(({ cause }) => !known.has(cause) && Boolean(known.add(cause)));
  return { first: denials.filter((_, at) => isFirst[at]), further: denials.filter((_, at) => !isFirst[at]) };
}
