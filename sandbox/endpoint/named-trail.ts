import type { LocalTrail } from '../cloudtrail/trail';
import { HUB } from '../organization/accounts';
import { trailArn } from '../organization/local-organization';
import { type Call, textIn, type World } from './operation';
import { ServiceError } from './service-error';

/** The ARN that a call means by a trail's name, which may be an ARN already. */
export function trailArnIn(call: Call, parameter = 'Name'): string {
  const name = textIn(call, parameter);
  const account = call.input.IsOrganizationTrail === true ? HUB.account : call.caller.account;
  return name.startsWith('arn:') ? name : trailArn(account, call.region, name);
}

/** The trail that a call names. Throws as CloudTrail does when there is none. */
export function namedTrail(call: Call, { organization }: World, parameter = 'Name'): LocalTrail {
  const arn = trailArnIn(call, parameter);
  const trail = organization.trails.get(arn);
  if (!trail) {
    throw new ServiceError('TrailNotFoundException', `Unknown trail: ${arn} for the user: ${call.caller.account}`);
  }
  return trail;
}
