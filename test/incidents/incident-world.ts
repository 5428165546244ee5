import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { MuteStore } from '../../lambda/incidents/mute-store';
import { Table } from '../../lambda/incidents/table';
import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import { type Envelope, recordIdOf } from '../../sandbox/eventbridge/envelope';
import type { FunctionRuntime } from '../../sandbox/function/function-process';
import { InProcessFunction } from '../../sandbox/function/in-process-function';
import { Sandbox } from '../../sandbox/sandbox';
import { withoutProbe } from '../sandbox/without-probe';
import { byAnotherRoute, type Cause, type Operation, refusal, updated } from './events';
import { Mishaps, type Planned } from './mishaps';

const HOUR = 3_600_000;

/** Long enough for the daily digest after the last event. */
const UNTIL_DIGEST = 26 * HOUR;

const ROUTES = { same: (event: Envelope) => event, other: byAnotherRoute, updated };

/** How an event comes once more. */
export type Route = keyof typeof ROUTES;

/** A local organization that runs the bundled handler in our process, and the ways in which a test uses it. */
export type World = {
  readonly sandbox: Sandbox;
  readonly mishaps: Mishaps;
  /** Somebody is refused. */
  readonly refuse: (cause: Cause, operation?: Operation) => Envelope;
  /** Somebody mutes the incident of a cause, if there is one yet. */
  readonly mute: (cause: Cause, minutes: number) => Promise<void>;
  /** An event is delivered once more: the very same one, recorded for another trail, or issued again with more data. */
  readonly repeat: (event: Envelope, route?: Route) => void;
  /** Lets time pass, a few minutes unless told otherwise. */
  readonly settle: (span?: number) => Promise<void>;
  /** Nothing goes wrong any more: what failed for good is redriven, and a day passes. */
  readonly recover: () => Promise<void>;
  /** The next invocations do their work, but Lambda never hears of it. */
  readonly loseAnswers: (count: number) => void;
  /** How many responders there are, each with a bundle of its own. */
  readonly responders: () => number;
  readonly close: () => Promise<void>;
};

/** Opens a world in which the planned calls go wrong. */
export async function openWorld(stack: SynthesizedApp, planned: readonly Planned[] = []): Promise<World> {
  const functions: InProcessFunction[] = [];
  let answersToLose = 0;
  const mishaps = new Mishaps(planned, () => {
    for (const each of functions) each.crash();
  });
  const sandbox = await Sandbox.open(stack, {
    faults: mishaps,
    startFunction: withoutProbe((...args) => {
      const started = new InProcessFunction(...args);
      functions.push(started);
      const invoke: FunctionRuntime['invoke'] = async (event) => {
        const invocation = await started.invoke(event);
        if (answersToLose === 0) return invocation;
        answersToLose -= 1;
        return { succeeded: false, reason: 'The answer got lost' };
      };
      return { invoke, stop: () => started.stop() };
    }),
  });
  return {
    sandbox,
    mishaps,
    refuse: (cause, operation) => {
      const event = refusal(cause, sandbox.clock.now(), operation);
      sandbox.emit(event, true, cause);
      return event;
    },
    repeat: (event, route = 'same') => {
      const { cause } = sandbox.journal.of('event').find(({ envelope }) => envelope === event) ?? {};
      sandbox.emit(ROUTES[route](event), true, cause);
    },
    mute: (cause, minutes) => mute(sandbox, cause, minutes),
    settle: (span) => sandbox.settle(span),
    recover: async () => {
      mishaps.end();
      answersToLose = 0;
      await sandbox.settle();
      sandbox.redrive();
      await sandbox.settle(UNTIL_DIGEST);
    },
    loseAnswers: (count) => {
      answersToLose = count;
    },
    responders: () => functions.length,
    close: () => sandbox.close(),
  };
}

async function mute({ journal, database, clock, deployment }: Sandbox, cause: Cause, minutes: number): Promise<void> {
  const known = new Set(
    journal.of('event').flatMap((event) => (event.cause === cause ? [recordIdOf(event.envelope)] : [])),
  );
  const incident = journal.of('audit').find(({ record }) => known.has(record.eventId ?? ''))?.record.incidentKey;
  const client = {
    send: (command: { input: object }) =>
      database.perform(command.constructor.name.replace(/Command$/, ''), command.input),
  } as unknown as DynamoDBClient;
  const [table = ''] = deployment.tables.keys();
  const until = clock.now() + minutes * 60_000;
  if (incident) {
    const mutes = new MuteStore(new Table(client, table));
    await mutes.begin(incident, { until, by: 'test', reason: 'planned work', since: clock.now() });
  }
}
