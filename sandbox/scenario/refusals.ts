import { HUB } from '../organization/accounts';
import { iamUser, roleSession } from '../organization/identity';
import type { Sandbox } from '../sandbox';
import { type ApiCall, apiCallEvent } from './record';
import type { Scene } from './scene';

const PAYMENTS = '333344445555';
const ANALYTICS = '444455556666';
const WEB_SHOP = '555566667777';

const mateo = iamUser(PAYMENTS, 'mateojackson');
const helpdesk = iamUser(PAYMENTS, 'helpdesk');
const deployer = roleSession(PAYMENTS, 'Deployer', 'release-4711');
const nikki = roleSession(ANALYTICS, 'AWSReservedSSO_TrailBuilder_0a1b2c3d4e5f6789', 'nikki@example.com', {
  path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
  usesConsole: true,
});
const auditor = roleSession(ANALYTICS, 'Auditor', 'quarterly-review');
const alex = roleSession(HUB.account, 'PlatformEngineer', 'alex');

const PAYMENTS_TRAIL = `arn:aws:cloudtrail:eu-west-1:${PAYMENTS}:trail/payments-audit`;
const GUARDRAIL = `arn:aws:organizations::${HUB.account}:policy/o-examplesandbox/service_control_policy/p-keeptrails01`;

/** The refusals of the troubleshooting page and around it, one scene each. Records as AWS writes them, all invented. */
export const refusals: readonly Scene[] = [
  refused('A user may not look at a trail', {
    who: mateo,
    region: 'eu-west-1',
    service: 'cloudtrail',
    operation: 'GetTrailStatus',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${mateo.caller.arn} is not authorized to perform: cloudtrail:GetTrailStatus on resource: ${PAYMENTS_TRAIL} because no identity-based policy allows the cloudtrail:GetTrailStatus action`,
  }),
  refused('An engineer may not pass the role that a trail needs', {
    who: nikki,
    region: 'eu-west-1',
    service: 'cloudtrail',
    operation: 'CreateTrail',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${nikki.caller.shownAs} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::${ANALYTICS}:role/service-role/CloudTrailRoleForCloudWatchLogs_a because no identity-based policy allows the iam:PassRole action`,
    usesConsole: true,
  }),
  refused('The console may not create the role for CloudWatch Logs', {
    who: nikki,
    region: HUB.region,
    service: 'iam',
    operation: 'CreateRole',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${nikki.caller.shownAs} is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::${ANALYTICS}:role/service-role/CloudTrailRoleForCloudWatchLogs_a because no identity-based policy allows the iam:CreateRole action`,
    usesConsole: true,
  }),
  refused('CloudTrail itself may not use the role for CloudWatch Logs', {
    who: deployer,
    region: 'eu-west-1',
    service: 'cloudtrail',
    operation: 'UpdateTrail',
    errorCode: 'InvalidCloudWatchLogsRoleArnException',
    errorMessage: 'Access denied. Check the trust relationships for your role.',
    requestParameters: {
      name: 'payments-audit',
      cloudWatchLogsLogGroupArn: `arn:aws:logs:eu-west-1:${PAYMENTS}:log-group:payments-audit:*`,
      cloudWatchLogsRoleArn: `arn:aws:iam::${PAYMENTS}:role/trail-to-logs`,
    },
  }),
  refused("An auditor reads another account's trail", {
    who: auditor,
    region: 'eu-west-1',
    service: 'cloudtrail',
    operation: 'GetTrailStatus',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${auditor.caller.shownAs} is not authorized to perform: cloudtrail:GetTrailStatus on resource: ${PAYMENTS_TRAIL} because no resource-based policy allows the cloudtrail:GetTrailStatus action`,
  }),
  refused('An administrator may not give others access', {
    who: helpdesk,
    region: HUB.region,
    service: 'iam',
    operation: 'CreatePolicy',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${helpdesk.caller.arn} is not authorized to perform: iam:CreatePolicy on resource: policy CloudTrailReaders because no permissions boundary allows the iam:CreatePolicy action`,
  }),
  refused('A guardrail keeps somebody from stopping a trail', {
    who: deployer,
    region: 'eu-west-1',
    service: 'cloudtrail',
    operation: 'StopLogging',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${deployer.caller.shownAs} is not authorized to perform: cloudtrail:StopLogging on resource: ${PAYMENTS_TRAIL} with an explicit deny in a service control policy: ${GUARDRAIL}`,
  }),
  refused('The management account cannot register a delegated administrator', {
    who: alex,
    region: HUB.region,
    service: 'cloudtrail',
    operation: 'RegisterOrganizationDelegatedAdmin',
    errorCode: 'InsufficientIAMAccessPermissionException',
    errorMessage:
      "The task can't be completed because you are signed in with an account that lacks permissions to create a service-linked role in AWS CloudTrail.",
    requestParameters: { memberAccountId: WEB_SHOP },
  }),
];

function refused(title: string, call: Omit<ApiCall, 'at'>): Scene {
  const play = (sandbox: Sandbox) => sandbox.emit(apiCallEvent({ ...call, at: sandbox.clock.now() }), true);
  return { title, play };
}
