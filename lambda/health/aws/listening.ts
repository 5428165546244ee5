import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import type { HealthEdges, RuleSeen } from '../edges';
import { ask, askAll, type Clients, orNull } from './clients';

type TrailEdges = Pick<HealthEdges, 'trails' | 'isLogging' | 'selectors'>;
type RuleEdges = Pick<HealthEdges, 'rulesTo' | 'rule' | 'rulesOn' | 'targets' | 'busPolicy'>;

/** Trails, whose state and selectors only their home Region tells. */
export function trailEdges(clients: Clients): TrailEdges {
  return {
    trails: (region) =>
      ask('cloudtrail:DescribeTrails', region, async () => {
        const command = new DescribeTrailsCommand({ includeShadowTrails: true });
        const { trailList = [] } = await clients(CloudTrailClient, region).send(command);
        return trailList.map(({ TrailARN = '', HomeRegion = region, IsOrganizationTrail = false }) => ({
          arn: TrailARN,
          homeRegion: HomeRegion,
          isOrganizationTrail: IsOrganizationTrail,
        }));
      }),
    isLogging: ({ arn, homeRegion }) =>
      ask('cloudtrail:GetTrailStatus', homeRegion, async () => {
        const command = new GetTrailStatusCommand({ Name: arn });
        const { IsLogging = false } = await clients(CloudTrailClient, homeRegion).send(command);
        return IsLogging;
      }),
    selectors: ({ arn, homeRegion }) =>
      ask('cloudtrail:GetEventSelectors', homeRegion, async () => {
        const command = new GetEventSelectorsCommand({ TrailName: arn });
        const answer = await clients(CloudTrailClient, homeRegion).send(command);
        const { EventSelectors = [], AdvancedEventSelectors = [] } = answer;
        return {
          eventSelectors: EventSelectors,
          advancedEventSelectors: AdvancedEventSelectors as HealthAdvancedSelectors,
        };
      }),
  };
}

type HealthAdvancedSelectors = Awaited<ReturnType<HealthEdges['selectors']>>['advancedEventSelectors'];

/** Rules, their targets, and the policy of a bus. */
export function ruleEdges(clients: Clients): RuleEdges {
  const client = (region: string) => clients(EventBridgeClient, region);
  return {
    rulesTo: (TargetArn, region) =>
      askAll(
        'events:ListRuleNamesByTarget',
        region,
        () => pages((NextToken) => client(region).send(new ListRuleNamesByTargetCommand({ TargetArn, NextToken }))),
        ({ RuleNames = [] }) => RuleNames,
      ),
    rule: (Name, region) =>
      ask('events:DescribeRule', region, async () =>
        ruleOf(await client(region).send(new DescribeRuleCommand({ Name }))),
      ),
    rulesOn: async (EventBusName, region) => {
      const asking = askAll(
        'events:ListRules',
        region,
        () => pages((NextToken) => client(region).send(new ListRulesCommand({ EventBusName, NextToken }))),
        ({ Rules = [] }) => Rules.map(ruleOf),
      );
      return (await orNull(asking, ['ResourceNotFoundException'])) ?? [];
    },
    targets: (Rule, bus, region) =>
      askAll(
        'events:ListTargetsByRule',
        region,
        () =>
          pages((NextToken) =>
            client(region).send(
              new ListTargetsByRuleCommand({ Rule, NextToken, ...(bus !== null && { EventBusName: bus }) }),
            ),
          ),
        ({ Targets = [] }) =>
          Targets.map(({ Id = '', Arn = '', RoleArn, DeadLetterConfig }) => ({
            id: Id,
            arn: Arn,
            roleArn: RoleArn ?? null,
            deadLetterArn: DeadLetterConfig?.Arn ?? null,
          })),
      ),
    busPolicy: async (Name, region) => {
      const asking = ask('events:DescribeEventBus', region, () =>
        client(region).send(new DescribeEventBusCommand({ Name })),
      );
      return (await orNull(asking, ['ResourceNotFoundException']))?.Policy ?? null;
    },
  };
}

function ruleOf(rule: { Name?: string; State?: string; Description?: string; EventPattern?: string }): RuleSeen {
  const { Name = '', State = '', Description = '', EventPattern = '' } = rule;
  return { name: Name, state: State, description: Description, pattern: EventPattern };
}

/** The pages of an operation for which the SDK has no paginator. */
async function* pages<Page extends { NextToken?: string | undefined }>(
  send: (token: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let token: string | undefined;
  do {
    const page = await send(token);
    yield page;
    token = page.NextToken;
  } while (token);
}
