import { arnParts } from '../denial/arn';
import type { Denial } from '../denial/denial';
import { isIntegrationCode } from '../denial/error-codes';
import { CLOUDTRAIL, parameterText, tieOf } from '../denial/ties';
import type { Case, Decision } from './case';
import { severityOfAccess } from './severity';

/** Services that a trail delivers to or is set up with. */
const INTEGRATED: readonly string[] = ['config', 'logs', 's3', 'sns', 'kms'];

/**
 * A trail's integration with CloudWatch Logs, AWS Config, Amazon S3, Amazon SNS or AWS KMS was refused.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_id-based-policy-examples.html
 */
export const integrationDenied = {
  id: 'integration-denied',
  docs: 'security_iam_id-based-policy-examples.html#grant-cloudwatch-permissions-for-cloudtrail-users',
  docsFor({ action }) {
    const section = 'security_iam_id-based-policy-examples.html#grant-aws-config-permissions-for-cloudtrail-users';
    return action?.startsWith('config:') ? section : null;
  },
  decide(denial) {
    return byCode(denial) ?? byNeighbour(denial) ?? byConsole(denial);
  },
} as const satisfies Case;

function byCode(denial: Denial): Decision | null {
  if (denial.service !== 'cloudtrail' || !isIntegrationCode(denial.errorCode ?? '', denial.message ?? '')) {
    return null;
  }
  return notify(denial, 'the policy of a resource that the trail delivers to does not let CloudTrail use it');
}

function byNeighbour(denial: Denial): Decision | null {
  const service = denial.action?.split(':')[0]?.toLowerCase() ?? '';
  const tie = tieOf(denial);
  if (tie !== 'name' && tie !== 'caller') {
    return null;
  }
  if (INTEGRATED.includes(service)) {
    return notify(denial, `a call to ${service} that belongs to a trail's integration was refused`);
  }
  if (service === 'iam' && (tie === 'caller' || isAboutDeliveryRole(denial))) {
    return notify(denial, 'a call about the role that CloudTrail itself assumes was refused');
  }
  return null;
}

/** The CloudTrail console reads AWS Config. Nothing but the console session ties such a refusal to CloudTrail. */
function byConsole(denial: Denial): Decision | null {
  const readsConfig = /^config:(?:Get|Describe|List|BatchGet|Select)/.test(denial.action ?? '');
  if (!readsConfig || tieOf(denial) !== 'console') {
    return null;
  }
  const reason =
    'AWS Config refused a read in a console session, as the CloudTrail console makes; tied by console only';
  return { severity: 'low', plan: { kind: 'notify', reason } };
}

/** The role that CloudTrail assumes to write to CloudWatch Logs, by the names that the console and AWS's pages give it. */
function isAboutDeliveryRole(denial: Denial): boolean {
  const role = arnParts(denial.resource)?.resource ?? parameterText(denial.parameters, 'roleName') ?? '';
  return (
    /(?:^role\/service-role\/CloudTrail|CloudTrail[\w+=,.@-]*CloudWatchLogs)/i.test(role) ||
    parameterText(denial.parameters, 'assumeRolePolicyDocument')?.includes(CLOUDTRAIL) === true ||
    (denial.action === 'iam:UpdateAssumeRolePolicy' &&
      parameterText(denial.parameters, 'policyDocument')?.includes(CLOUDTRAIL) === true)
  );
}

/** Where CloudTrail itself was refused, a trail is not delivered, even if the refused call only read. */
function notify(denial: Denial, reason: string): Decision {
  const severity = denial.caller.service === CLOUDTRAIL ? 'medium' : severityOfAccess(denial);
  return { severity, plan: { kind: 'notify', reason } };
}
