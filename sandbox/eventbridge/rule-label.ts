import type { Deployment, Rule } from '../cloudformation/deployment';
import { accountLabel } from '../organization/accounts';
import { placeOf } from '../organization/place';

/** A rule as people know it: as the forwarder of its account and Region where it is one, else by its name. */
export function ruleLabel(rule: Rule, deployment: Deployment): string {
  const { account, region } = placeOf(rule.arn);
  const forwards = rule.targets.some(({ arn }) => deployment.buses.has(arn));
  return forwards ? `forwarder of ${accountLabel(account)}, ${region}` : `rule ${rule.name}`;
}
