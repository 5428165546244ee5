import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackInstances,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Table } from '../../incidents/table';
import type { HealthEdges } from '../edges';
import { readHealth } from '../health-items';
import { ask, askAll, type Clients, orNull } from './clients';

type StackEdges = Pick<HealthEdges, 'stackOutput' | 'instances' | 'health'>;

/** What is deployed, and what it has noted. */
export function stackEdges(clients: Clients): StackEdges {
  const client = (region: string) => clients(CloudFormationClient, region);
  return {
    stackOutput: async (StackName, output, region) => {
      const asking = ask('cloudformation:DescribeStacks', region, () =>
        client(region).send(new DescribeStacksCommand({ StackName })),
      );
      const answer = await orNull(asking, ['ValidationError'], 'does not exist');
      const { Outputs = [] } = answer?.Stacks?.[0] ?? {};
      return answer === null ? 'absent' : (Outputs.find(({ OutputKey }) => OutputKey === output)?.OutputValue ?? null);
    },
    instances: (StackSetName, region) =>
      orNull(
        askAll(
          'cloudformation:ListStackInstances',
          region,
          () => paginateListStackInstances({ client: client(region), pageSize: 100 }, { StackSetName }),
          ({ Summaries = [] }) =>
            Summaries.map(({ Account = '', Region = '', Status = '', StackInstanceStatus, StatusReason }) => ({
              account: Account,
              region: Region,
              status: Status,
              detail: StackInstanceStatus?.DetailedStatus ?? null,
              reason: StatusReason ?? null,
            })),
        ),
        ['StackSetNotFoundException', 'StackSetNotFound'],
      ),
    health: (table, region) =>
      ask('dynamodb:Query', region, () => readHealth(new Table(clients(DynamoDBClient, region), table))),
  };
}
