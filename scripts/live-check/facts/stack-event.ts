import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, ListRulesCommand, type Rule } from '@aws-sdk/client-eventbridge';
import { answer, type Fact, NotChecked } from '../fact';
import { deploymentOf, type Look } from '../look';
import { sumOf } from '../metrics';

/** Around the deployment, in ms: its event comes within minutes of its end. */
const AROUND = 15 * 60_000;

/** How long CloudWatch may take to show what a deployment of just now made, in minutes. */
const MINUTES = 5;

export const stackEvent: Fact = {
  id: 'stack-event',
  stage: 'deployed',
  question: 'Does the stack that EventBridge tells of start the rule that the same deployment has just made?',
  expected:
    'The rule for "CloudFormation Stack Status Change" matched at the end of the latest deployment and did not fail to invoke the probe.',
  calls: 'Management account: events:ListRules, cloudwatch:GetMetricStatistics',
  changes: '',
  undo: '',
  minutes: MINUTES,
  run: async (look) => {
    const { deployedAt } = deploymentOf(look);
    const RuleName = await ruleOf(look);
    const sum = (name: string) => sumAround(look, RuleName, name);
    const matched = await look.waits.until(`metrics of rule ${RuleName}`, MINUTES, () => sum('MatchedEvents'));
    const [invoked, failed] = [await sum('Invocations'), await sum('FailedInvocations')];
    const when = new Date(deployedAt).toISOString();
    return answer(
      (matched ?? 0) > 0 && (failed ?? 0) === 0,
      `rule ${RuleName} around the deployment of ${when}: MatchedEvents ${matched ?? 'none'}, Invocations ${invoked ?? 'none'}, FailedInvocations ${failed ?? 'none'}`,
    );
  },
};

/** Sum of a metric of a rule around the deployment; null when it has no value. */
function sumAround(look: Look, RuleName: string, name: string): Promise<number | null> {
  const { deployedAt } = deploymentOf(look);
  const metric = { name, namespace: 'AWS/Events', dimensions: { RuleName } };
  const client = look.aws.client(CloudWatchClient, look.management, look.region);
  return sumOf(client, metric, deployedAt - AROUND, deployedAt + AROUND);
}

/** The rule of the default bus that waits for the stack's status. */
async function ruleOf({ aws, management, region }: Look): Promise<string> {
  const client = aws.client(EventBridgeClient, management, region);
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListRulesCommand({ NamePrefix: 'Trailmend', NextToken }));
    const name = page.Rules?.find(waitsForStack)?.Name;
    if (name !== undefined) {
      return name;
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  throw new NotChecked('no rule of Trailmend on the default bus waits for the status of its stack');
}

function waitsForStack({ EventPattern }: Rule): boolean {
  return EventPattern?.includes('CloudFormation Stack Status Change') === true;
}
