import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../../cli/usage-error';
import type { Aws, Caller } from './aws';

/** Name of the hub stack. */
const STACK = 'TrailmendHub';

/** What a deployment says of itself in its output `TrailmendExpectation`, as far as it matters here. */
type Expectation = {
  readonly regions: readonly string[];
  readonly stackSetName: string | null;
  readonly remediation: 'auto' | 'observe';
};

/** The deployed Trailmend. */
export type Deployment = Expectation & {
  readonly busArn: string;
  readonly topicArn: string;
  readonly tableName: string;
  readonly stackName: string;
  /** When it was deployed last, ms since 1970. */
  readonly deployedAt: number;
};

/** The Trailmend of an account and Region; null when the stack is not there. */
export async function readDeployment(aws: Aws, as: Caller, region: string): Promise<Deployment | null> {
  const client = aws.client(CloudFormationClient, as, region);
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    const outputs = new Map(stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    const output = (key: string) => outputs.get(`Trailmend${key}`) ?? '';
    const { regions, stackSetName, remediation } = expectationOf(output('Expectation'));
    return {
      ...{ regions, stackSetName, remediation },
      busArn: output('BusArn'),
      topicArn: output('TopicArn'),
      tableName: output('TableName'),
      stackName: STACK,
      deployedAt: (stack?.LastUpdatedTime ?? stack?.CreationTime ?? new Date()).getTime(),
    };
  } catch (error) {
    if ((error as Error).name === 'ValidationError') {
      return null;
    }
    throw error;
  }
}

function expectationOf(json: string): Expectation {
  if (json === '') {
    throw new UsageError(`the stack ${STACK} has no output TrailmendExpectation: deploy this version first`);
  }
  return JSON.parse(json) as Expectation;
}
