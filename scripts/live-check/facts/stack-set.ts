import {
  CloudFormationClient,
  ListStackInstancesCommand,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';
import { answer, type Fact, NotChecked } from '../fact';
import { deploymentOf, type Look } from '../look';

export const stackSet: Fact = {
  id: 'stack-set',
  stage: 'deployed',
  question: 'Does the StackSet bring the forwarder to every account and Region without a hand?',
  expected: 'Every stack instance is `CURRENT`, the member account in every Region among them.',
  calls: 'Management account: cloudformation:ListStackInstances',
  changes: '',
  undo: '',
  minutes: 1,
  run: async (look) => {
    const { stackSetName, regions } = deploymentOf(look);
    if (stackSetName === null) {
      throw new NotChecked('the deployment has no `organizationalUnits`, so no StackSet');
    }
    const instances = await instancesOf(look, stackSetName);
    look.keep('stack instances', instances);
    const stale = instances.filter(({ Status }) => Status !== 'CURRENT');
    const ofMember = instances.filter(({ Account }) => Account === look.member.account).map(({ Region }) => Region);
    const missing = regions.filter((region) => !ofMember.includes(region));
    const bad = stale.map((one) => `${one.Account} ${one.Region}: ${one.Status}, ${one.StatusReason ?? 'no reason'}`);
    return answer(
      bad.length + missing.length === 0 && instances.length > 0,
      `${instances.length} instances, not current: ${bad.join('; ') || 'none'}; the member lacks: ${missing.join(', ') || 'none'}`,
    );
  },
};

async function instancesOf({ aws, management, region }: Look, StackSetName: string): Promise<StackInstanceSummary[]> {
  const client = aws.client(CloudFormationClient, management, region);
  const instances: StackInstanceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListStackInstancesCommand({ StackSetName, NextToken }));
    instances.push(...(page.Summaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return instances;
}
