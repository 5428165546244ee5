import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Item, numberOf } from '../../lambda/incidents/attributes';
import { eventSortKey } from '../../lambda/incidents/item';
import { LOOKUP_INDEX } from '../../lambda/incidents/lookup';
import { Table } from '../../lambda/incidents/table';
import { recordIn } from '../../review/read-incident';
import { deploymentOf, type Look } from './look';
import { sharedIdOf, type TrailRecord } from './records';

/** How long a known event may take to reach the table, in minutes: its record has taken longer. */
const MINUTES = 4;

/** How an event came to Trailmend. */
export type Arrival = {
  /** From the call to the first sight of it. */
  readonly seconds: number;
  readonly account: string | null;
  readonly region: string | null;
  readonly case: string;
};

/** Waits for the event of a record in Trailmend's table; null when it does not come. */
export async function arrivalOf(look: Look, record: TrailRecord): Promise<Arrival | null> {
  const table = tableOf(look);
  const id = sharedIdOf(record);
  const item = await look.waits.until(`event ${id} in Trailmend's table`, MINUTES, () => find(table, id));
  const audit = item && recordIn(item);
  if (!item || !audit) {
    return null;
  }
  const { account, region, case: caseId } = audit;
  look.keep(`audit record of event ${id}`, audit);
  const seconds = ((numberOf(item, 'recordedAt') ?? 0) - Date.parse(record.eventTime)) / 1000;
  return { seconds: Math.round(seconds), account, region, case: caseId };
}

/** An arrival in words, for the table. */
export function arrived(arrival: Arrival | null): string {
  return arrival === null
    ? `did not reach Trailmend within ${MINUTES} minutes of its record`
    : `reached Trailmend ${arrival.seconds} s after the call, as account ${arrival.account}, Region ${arrival.region}, case ${arrival.case}`;
}

function tableOf(look: Look): Table {
  const client = look.aws.client(DynamoDBClient, look.management, look.region);
  return new Table(client, deploymentOf(look).tableName);
}

/** The finished item of an event. The index knows keys only, so the item is read by them. */
async function find(table: Table, id: string): Promise<Item | null> {
  const query = { IndexName: LOOKUP_INDEX, KeyConditionExpression: '#sk = :sk' };
  for await (const items of table.pages(query, { sk: eventSortKey(id) })) {
    for (const { pk, sk } of items) {
      const item = await table.get({ pk: String(pk), sk: String(sk) });
      if (item && recordIn(item) !== null) {
        return item;
      }
    }
  }
  return null;
}
