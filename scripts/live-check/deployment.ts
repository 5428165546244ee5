import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../../cli/usage-error';
import { EXPECTATION_OUTPUT, type Expectation, readExpectation } from '../../lambda/health/expectation';
import type { Aws, Caller } from './aws';

/** Name of the hub stack. */
const STACK = 'TrailmendHub';

/** The deployed Trailmend. */
export type Deployment = Expectation & {
  /** When it was deployed last, ms since 1970. */
  readonly deployedAt: number;
};

/**
 * The Trailmend of an account and Region; null when the stack is not there.
 * @throws UsageError when another version deployed it, which says too little of itself
 */
export async function readDeployment(aws: Aws, as: Caller, region: string): Promise<Deployment | null> {
  const client = aws.client(CloudFormationClient, as, region);
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    const written = stack?.Outputs?.find(({ OutputKey }) => OutputKey === EXPECTATION_OUTPUT)?.OutputValue;
    if (written === undefined) {
      throw new UsageError(`the stack ${STACK} has no output ${EXPECTATION_OUTPUT}: deploy this version first`);
    }
    const deployedAt = (stack?.LastUpdatedTime ?? stack?.CreationTime ?? new Date()).getTime();
    return { ...readExpectation(written), deployedAt };
  } catch (error) {
    if ((error as Error).name === 'ValidationError') {
      return null;
    }
    throw error;
  }
}
