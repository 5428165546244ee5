import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { ScanError } from '../scan-error';
import { failedQuery, failedStart } from './query-failure';
import type { TableName } from './sql';

/** Where statements run, and where their results go. */
export type Workplace = TableName & {
  readonly workgroup: string;
  /** `s3://…` for results; null where the workgroup says it. */
  readonly output: string | null;
};

/** A statement that has run. */
export type Ran = { readonly id: string; readonly bytes: number };

/** Waits between two looks, in ms: a definition is done at once, a query over months takes minutes. */
const [FIRST_WAIT, LONGEST_WAIT] = [100, 2_000];

/**
 * Runs a statement to its end; null when the signal ended it before, for Athena too.
 * @param tell bytes scanned so far
 */
export async function runQuery(
  client: AthenaClient,
  sql: string,
  workplace: Workplace,
  signal: AbortSignal,
  tell: (bytes: number) => void,
): Promise<Ran | null> {
  const id = await start(client, sql, workplace);
  const stop = () => client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
  try {
    const ran = await untilEnded(client, id, workplace, signal, tell);
    if (ran === null) {
      await stop();
    }
    return ran;
  } catch (error) {
    // Nobody would ever ask for its answer, and it goes on to cost.
    if (!(error instanceof ScanError)) {
      await stop().catch(() => {});
    }
    throw error;
  }
}

async function untilEnded(
  client: AthenaClient,
  id: string,
  workplace: Workplace,
  signal: AbortSignal,
  tell: (bytes: number) => void,
): Promise<Ran | null> {
  for (let pause = FIRST_WAIT; !signal.aborted; pause = Math.min(pause * 2, LONGEST_WAIT)) {
    const { QueryExecution: { Status, Statistics } = {} } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId: id }),
    );
    const bytes = Statistics?.DataScannedInBytes ?? 0;
    if (Status?.State === 'SUCCEEDED') {
      return { id, bytes };
    }
    if (Status?.State === 'FAILED' || Status?.State === 'CANCELLED') {
      throw failedQuery(Status.StateChangeReason ?? Status.AthenaError?.ErrorMessage ?? '', workplace, id);
    }
    tell(bytes);
    await wait(pause, null, { signal }).catch(() => {});
  }
  return null;
}

/** Starts a statement, even if the signal comes meanwhile: else nobody would know what to stop. */
async function start(client: AthenaClient, sql: string, workplace: Workplace): Promise<string> {
  const { database, workgroup, output } = workplace;
  const command = new StartQueryExecutionCommand({
    QueryString: sql,
    // An answer that is lost on the way must not start, and cost, a second one.
    ClientRequestToken: randomUUID(),
    QueryExecutionContext: { Database: database },
    WorkGroup: workgroup,
    ...(output === null ? {} : { ResultConfiguration: { OutputLocation: output } }),
  });
  const { QueryExecutionId = '' } = await client.send(command).catch((error: unknown) => {
    throw failedStart(error, workplace);
  });
  return QueryExecutionId;
}
