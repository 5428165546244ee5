import { HEALTH_ACTIONS } from './actions';
import { HEALTH_PARTITION } from './health-items';

/** The actions that can be kept to something of a deployment before it is known; `sts:GetCallerIdentity` needs no permission. */
const APART = ['dynamodb:Query', 'sts:GetCallerIdentity'];

/**
 * The IAM policy of somebody who runs the checks: reads only. Of the table it reads what the probe has noted, nothing of what
 * was refused.
 */
export function readPolicy(partition: string, stack: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SeeWhetherTrailmendIsWell',
        Effect: 'Allow',
        Action: HEALTH_ACTIONS.filter((action) => !APART.includes(action)),
        Resource: '*',
      },
      {
        Sid: 'ReadWhatTheProbeNoted',
        Effect: 'Allow',
        Action: 'dynamodb:Query',
        Resource: `arn:${partition}:dynamodb:*:*:table/${stack}-*`,
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [HEALTH_PARTITION] } },
      },
    ],
  };
}
