import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventStore } from './event-store';
import { IncidentStore } from './incident-store';
import { Outbox } from './outbox';
import { SweepLease } from './sweep-lease';
import { Table } from './table';

/** The table by what is in it. */
export type Store = {
  readonly events: EventStore;
  readonly incidents: IncidentStore;
  readonly outbox: Outbox;
  readonly sweeps: SweepLease;
};

/** The store on one table. `keepMs`: how long items live after they were last needed. */
export function storeOn(client: DynamoDBClient, tableName: string, keepMs: number): Store {
  const table = new Table(client, tableName);
  return {
    events: new EventStore(table, keepMs),
    incidents: new IncidentStore(table, keepMs),
    outbox: new Outbox(table, keepMs),
    sweeps: new SweepLease(table),
  };
}
