import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../lambda/incidents/table';
import type { TableOptions } from './table-options';
import { UsageError } from './usage-error';

/** How the tables of a hub stack are called, since CloudFormation names them. */
const TABLE_PREFIX = 'TrailmendHub-Incidents';

/** The table of a deployment, and who asks. */
export type OpenedTable = {
  readonly table: Table;
  readonly name: string;
  readonly region: string;
  readonly accessKeyId: string;
};

/** Settings of every SDK client of the command line. */
export function clientSettings({ region, profile }: TableOptions) {
  return { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }), maxAttempts: 3 };
}

/** Opens the table that the caller's AWS configuration leads to. Loads the SDK only now: it is large. */
export async function openTable(options: TableOptions): Promise<OpenedTable> {
  // The SDK warns on every Node below 22; whoever looks at an incident at night cannot act on that.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { Table } = await import('../lambda/incidents/table');
  const client = new DynamoDBClient(clientSettings(options));
  const { accessKeyId } = await client.config.credentials();
  const name = options.table ?? onlyOne(await tablesOf(client));
  return { table: new Table(client, name), name, region: await client.config.region(), accessKeyId };
}

async function tablesOf(client: DynamoDBClient): Promise<string[]> {
  const { ListTablesCommand } = await import('@aws-sdk/client-dynamodb');
  const { TableNames = [] } = await client.send(new ListTablesCommand({ ExclusiveStartTableName: TABLE_PREFIX }));
  return TableNames.filter((name) => name.startsWith(TABLE_PREFIX));
}

function onlyOne(names: readonly string[]): string {
  const [name] = names;
  if (name === undefined || names.length > 1) {
    const found = names.length === 0 ? 'no table of Trailmend' : `more than one table: ${names.join(', ')}`;
    throw new UsageError(
      `there is ${found} in this account and Region; name it with --table (stack output TrailmendTableName).`,
    );
  }
  return name;
}
