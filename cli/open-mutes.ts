import { hostname, userInfo } from 'node:os';
import type { OpenMutes } from './mute';
import { UsageError } from './usage-error';

/** How the tables of a hub stack are called, since CloudFormation names them. */
const TABLE_PREFIX = 'TrailmendHub-Incidents';

/** Opens the mutes of the deployment that the caller's AWS configuration leads to. Loads the SDK only now: it is large. */
export const openMutes: OpenMutes = async ({ table, region }) => {
  // The SDK warns on every Node below 22; whoever mutes an incident at night cannot act on that.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { DynamoDBClient, ListTablesCommand } = await import('@aws-sdk/client-dynamodb');
  const { MuteStore } = await import('../lambda/incidents/mute-store');
  const { Table } = await import('../lambda/incidents/table');
  const client = new DynamoDBClient({ ...(region === undefined ? {} : { region }), maxAttempts: 3 });
  const { accessKeyId } = await client.config.credentials();
  const tables = async () => {
    const { TableNames = [] } = await client.send(new ListTablesCommand({ ExclusiveStartTableName: TABLE_PREFIX }));
    return TableNames.filter((name) => name.startsWith(TABLE_PREFIX));
  };
  const name = table ?? onlyOne(await tables());
  const who = `${userInfo().username}@${hostname()} (${accessKeyId})`;
  return { mutes: new MuteStore(new Table(client, name)), who };
};

function onlyOne(names: readonly string[]): string {
  const [name] = names;
  if (name === undefined || names.length > 1) {
    const found = names.length === 0 ? 'no table of Trailmend' : `more than one table: ${names.join(', ')}`;
    throw new UsageError(
      `there is ${found} in this account and Region; name it with --table (stack output TableName).`,
    );
  }
  return name;
}
