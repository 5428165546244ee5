import type { Envelope } from '../eventbridge/envelope';
import { HUB } from '../organization/accounts';
import { iamUser, roleSession } from '../organization/identity';
import type { Sandbox } from '../sandbox';
import { type ApiCall, apiCallEvent, envelopeOf } from './record';
import type { Scene } from './scene';

const PAYMENTS = '333344445555';
const WEB_SHOP = '555566667777';

const deployer = roleSession(PAYMENTS, 'Deployer', 'release-4711');
const terraform = iamUser(WEB_SHOP, 'terraform');
const config = roleSession(WEB_SHOP, 'AWSServiceRoleForConfig', 'AWSConfig-Describe', {
  path: '/aws-service-role/config.amazonaws.com/',
});
const alex = roleSession(HUB.account, 'PlatformEngineer', 'alex');

/** Calls, each with whether a rule is meant to hear it; Trailmend then ignores it. */
const CALLS: readonly (Omit<ApiCall, 'at'> & { isHeard: boolean })[] = [
  {
    // A success.
    isHeard: false,
    who: deployer,
    region: 'eu-west-1',
    service: 'cloudtrail',
    operation: 'StartLogging',
    requestParameters: { name: `arn:aws:cloudtrail:eu-west-1:${PAYMENTS}:trail/payments-audit` },
  },
  {
    isHeard: false,
    who: terraform,
    region: 'eu-central-1',
    service: 'cloudtrail',
    operation: 'LookupEvents',
    errorCode: 'ThrottlingException',
    errorMessage: 'Rate exceeded',
  },
  {
    // Refused, but nothing to do with CloudTrail.
    isHeard: false,
    who: terraform,
    region: 'eu-central-1',
    service: 'ec2',
    operation: 'RunInstances',
    errorCode: 'Client.UnauthorizedOperation',
    errorMessage: `You are not authorized to perform this operation. User: ${terraform.caller.arn} is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-central-1:${WEB_SHOP}:instance/* because no identity-based policy allows the ec2:RunInstances action`,
  },
  {
    // A failure that is no refusal.
    isHeard: true,
    who: alex,
    region: HUB.region,
    service: 'cloudtrail',
    operation: 'GetTrail',
    errorCode: 'TrailNotFoundException',
    errorMessage: `Unknown trail: arn:aws:cloudtrail:us-east-1:${HUB.account}:trail/audit-old for the user: ${HUB.account}`,
    requestParameters: { name: 'audit-old' },
  },
  {
    // An AWS service that a guardrail refuses: it does so on its own, every few minutes.
    isHeard: true,
    who: config,
    region: 'eu-central-1',
    service: 'cloudtrail',
    operation: 'DescribeTrails',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${config.caller.shownAs} is not authorized to perform: cloudtrail:DescribeTrails with an explicit deny in a service control policy`,
    userAgent: 'config.amazonaws.com',
  },
];

/** What a real organization sends all day and nobody wants to hear of; among it two records that are broken. */
export const noise: Scene = {
  title: 'What nobody needs to hear of',
  play: (sandbox: Sandbox) => {
    const at = sandbox.clock.now();
    const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
    const detailed = (service: string, account: string, detail: Envelope['detail']) =>
      envelopeOf(service, account, HUB.region, time, detail);
    const health = detailed('health', WEB_SHOP, { service: 'EC2', eventTypeCategory: 'issue' });
    for (const { isHeard, ...call } of CALLS) sandbox.emit(apiCallEvent({ ...call, at }), isHeard);
    sandbox.emit({ ...health, 'detail-type': 'AWS Health Event' }, false);
    sandbox.emit(detailed('cloudtrail', PAYMENTS, { errorCode: 'AccessDenied', userIdentity: 'unknown' }), true);
    sandbox.emit(detailed('cloudtrail', HUB.account, { errorCode: { code: 403 }, eventName: 42 }), false);
  },
};
