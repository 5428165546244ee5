import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { ARRIVAL_ATTRIBUTES, ARRIVALS_INDEX } from '../lambda/incidents/arrivals';
import { DUE_INDEX } from '../lambda/incidents/due';
import { LOOKUP_ATTRIBUTES, LOOKUP_INDEX } from '../lambda/incidents/lookup';

/**
 * The table of events, incidents and notices on their way. It pays for what is used, so a storm needs no planning. Expired
 * items go by themselves. One index holds what waits for something, one the events of each incident by arrival, and one
 * finds events and incidents for reviewers.
 */
export class IncidentTable extends Construct {
  readonly table: TableV2;

  /** @param removalPolicy what happens to the table when the stack is deleted */
  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy,
      globalSecondaryIndexes: [
        {
          indexName: DUE_INDEX,
          partitionKey: { name: 'duePartition', type: AttributeType.STRING },
          sortKey: { name: 'dueAt', type: AttributeType.NUMBER },
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['dueFor'],
        },
        {
          indexName: ARRIVALS_INDEX,
          partitionKey: { name: 'incident', type: AttributeType.STRING },
          sortKey: { name: 'recordedAt', type: AttributeType.NUMBER },
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [...ARRIVAL_ATTRIBUTES],
        },
        {
          indexName: LOOKUP_INDEX,
          partitionKey: { name: 'sk', type: AttributeType.STRING },
          sortKey: { name: 'pk', type: AttributeType.STRING },
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [...LOOKUP_ATTRIBUTES],
        },
      ],
    });
  }
}
