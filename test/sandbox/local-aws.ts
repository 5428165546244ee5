import {
  CreateServiceLinkedRoleCommand,
  type CreateServiceLinkedRoleCommandInput,
  GetRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { Template } from '../../sandbox/cloudformation/template';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import { DELEGATED_ADMINISTRATOR, HUB } from '../../sandbox/organization/accounts';
import { type Identity, iamUser, roleSession } from '../../sandbox/organization/identity';
import { Sandbox } from '../../sandbox/sandbox';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** The topic of {@link openLocalAws}, with one subscriber. */
export const TOPIC = `arn:aws:sns:us-east-1:${HUB.account}:TrailmendHub-Topic`;

/** The role that tests create. */
export const ROLE = 'AWSServiceRoleForCloudTrail';

export const admin = roleSession(HUB.account, 'Admin', 'alex', { allowed: ['*'] });
export const nobody = iamUser(HUB.account, 'nobody');
export const delegate = roleSession(DELEGATED_ADMINISTRATOR, 'Security', 'kim', { allowed: ['*'] });
export const member = roleSession('333344445555', 'Payments', 'mo', { allowed: ['cloudtrail:*'] });

const Mail = { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'a@b.c' };
const template: Template = {
  Resources: { Topic: { Type: 'AWS::SNS::Topic' }, Mail: { Type: 'AWS::SNS::Subscription', Properties: Mail } },
};

/** A sandbox without functions, closed after each test, and clients for it. */
export function openLocalAws() {
  let sandbox: Sandbox;
  const settings = (who: Identity = admin) => ({ region: 'us-east-1', ...sandbox.admit(who) });
  const iam = (who?: Identity) => new IAMClient(settings(who));
  afterEach(() => sandbox.close());
  return {
    open: async (faults: readonly string[] = [], wantsAsciiSubjects = false) => {
      const options = { faults: new FaultPlan(faults), wantsAsciiSubjects };
      sandbox = await Sandbox.open({ template, assets: new Map() }, options);
      return sandbox;
    },
    settings,
    iam,
    getRole: () => iam().send(new GetRoleCommand({ RoleName: ROLE })),
    createRole: (input: Partial<CreateServiceLinkedRoleCommandInput> = {}) =>
      iam().send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'cloudtrail.amazonaws.com', ...input })),
  };
}
