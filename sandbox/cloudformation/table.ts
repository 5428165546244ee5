import type { Deployable, Site } from './site';
import { attachPolicy } from './site';

/** Properties of a table that creating it takes, under the same names. */
const OF_CREATION = ['KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];

/** A table, with its keys, indexes and time to live; what it costs and how it is backed up change nothing here. */
export function deployTable({ deployment }: Site, { ref, arn, properties }: Deployable): void {
  const given = OF_CREATION.map((name) => [name, properties.raw(name)] as const);
  const timeToLive = properties.inner('TimeToLiveSpecification');
  deployment.tables.set(ref, {
    arn,
    definition: {
      ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
      TableName: ref,
      KeySchema: properties.list('KeySchema') as { AttributeName: string }[],
      BillingMode: 'PAY_PER_REQUEST',
    },
    expiresBy: timeToLive.raw('Enabled') === true ? timeToLive.text('AttributeName') : null,
  });
  const policy = properties.inner('ResourcePolicy').raw('PolicyDocument');
  if (policy) attachPolicy(deployment, arn, policy, properties);
}
