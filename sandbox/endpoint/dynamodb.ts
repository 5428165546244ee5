import { accountOf } from '../organization/place';
import { type Call, type Operation, type Permission, type Service, textIn, type World } from './operation';

/** Operations that read, and may lag behind what was written unless they are told to be consistent. */
const READS = ['GetItem', 'Query'];

/** DynamoDB: the deployed tables, for items one by one. Everything else, transactions included, is not known here. */
export const dynamodb: Service = {
  protocol: 'json',
  denialCode: 'AccessDeniedException',
  operations: Object.fromEntries(
    ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'].map((name) => [name, itemOperation(name)]),
  ),
};

function itemOperation(name: string): Operation {
  return {
    permissions: (call, world) => [permissionFor(call, world)],
    perform: ({ input }, { database }) => database.perform(name, input),
    stale: ({ input }, { database }) =>
      READS.includes(name) && input.ConsistentRead !== true ? () => database.performLate(name, input) : null,
  };
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
function permissionFor(call: Call, { deployment }: World): Permission {
  const table = textIn(call, 'TableName');
  const arn =
    deployment.tables.get(table)?.arn ?? `arn:aws:dynamodb:${call.region}:${call.caller.account}:table/${table}`;
  const index = textIn(call, 'IndexName');
  return {
    action: `dynamodb:${call.operation}`,
    resource: index ? `${arn}/index/${index}` : arn,
    guard: { account: accountOf(arn), policy: deployment.policies.get(arn) },
  };
}
