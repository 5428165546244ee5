import { archiveOf } from '../cloudtrail/archive';
import type { Call, World } from '../endpoint/operation';
import { refusalMessage, refusalOf } from '../iam/authorize';
import { callContext } from '../iam/request-context';
import { type Answer, select } from './select';
import { readTableDefinition } from './table-definition';

/** Services that Athena asks in the caller's name, as the reasons of failed statements call them. */
const SERVICES: Readonly<Record<string, string>> = { glue: 'AWSGlue', s3: 'Amazon S3' };

/**
 * Runs a statement as its caller: a definition adds a table, a query is answered from the archive of the trails.
 * @throws Error with the reason why it failed, worded as by Athena
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 */
export async function runStatement(sql: string, output: string, call: Call, world: World): Promise<Answer | null> {
  const database = String(Object(call.input.QueryExecutionContext).Database ?? '');
  demand(call, 's3:GetBucketLocation', `arn:aws:s3:::${bucketOf(output)}`);
  demand(call, 's3:PutObject', `arn:aws:s3:::${output.slice('s3://'.length)}result.csv`);
  demand(call, 'glue:GetDatabase', catalogArn(call, `database/${database}`));
  if (!world.athena.databases.has(database)) throw new Error(`SCHEMA_NOT_FOUND: Schema '${database}' does not exist`);
  return sql.startsWith('CREATE') ? define(sql, call, world) : query(sql, call, world);
}

function define(sql: string, call: Call, { athena: { tables } }: World): null {
  const definition = readTableDefinition(sql);
  const { database, table } = definition;
  demand(call, 'glue:CreateTable', catalogArn(call, `table/${database}/${table}`));
  if (!tables.has(`${database}.${table}`)) tables.set(`${database}.${table}`, definition);
  return null;
}

function query(sql: string, call: Call, { athena: { tables }, organization, history }: World): Promise<Answer> {
  const [, database = '', table = ''] = /\bFROM "(\w+)"\."(\w+)"/.exec(sql) ?? [];
  demand(call, 'glue:GetTable', catalogArn(call, `table/${database}/${table}`));
  demand(call, 'glue:GetPartitions', catalogArn(call, `table/${database}/${table}`));
  const definition = tables.get(`${database}.${table}`);
  if (!definition)
    throw new Error(`TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.${database}.${table}' does not exist`);
  const files = archiveOf(organization, history).map((file) => ({ ...file, url: `s3://${file.bucket}/${file.key}` }));
  for (const bucket of new Set(files.map((file) => file.bucket))) {
    demand(call, 's3:ListBucket', `arn:aws:s3:::${bucket}`);
    demand(call, 's3:GetObject', `arn:aws:s3:::${bucket}/AWSLogs/any.json.gz`);
  }
  return select(sql, definition, files);
}

function demand({ caller, region }: Call, action: string, resource: string): void {
  const request = { caller, action, resource, context: callContext(caller, { region }) };
  const refusal = refusalOf(request, { account: caller.account });
  const service = SERVICES[action.split(':')[0] ?? ''];
  if (refusal) {
    const said = refusalMessage(request, refusal);
    throw new Error(`${said} (Service: ${service}; Status Code: 400; Error Code: AccessDeniedException)`);
  }
}

function catalogArn({ caller, region }: Call, rest: string): string {
  return `arn:aws:glue:${region}:${caller.account}:${rest}`;
}

function bucketOf(url: string): string {
  return url.split('/')[2] ?? '';
}
