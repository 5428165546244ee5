import {
  CreateServiceLinkedRoleCommand,
  type CreateServiceLinkedRoleCommandInput,
  GetRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
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

/** The table of {@link openLocalAws}, with one index. */
export const TABLE = 'TrailmendHub-Table';

const keys = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: 'HASH' },
  { AttributeName: sk, KeyType: 'RANGE' },
];
const attribute = (AttributeName: string, AttributeType: string) => ({ AttributeName, AttributeType });
/** Properties of {@link TABLE}. */
export const tableProperties = {
  KeySchema: keys('pk', 'sk'),
  AttributeDefinitions: [...['pk', 'sk', 'duePartition'].map((name) => attribute(name, 'S')), attribute('dueAt', 'N')],
  GlobalSecondaryIndexes: [
    { IndexName: 'due', KeySchema: keys('duePartition', 'dueAt'), Projection: { ProjectionType: 'ALL' } },
  ],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};

/** An app of one stack, which is deployed where the hub is. */
export function appOf(template: Template, assets: ReadonlyMap<string, string> = new Map()): SynthesizedApp {
  return { stacks: [{ at: HUB, template, assets }] };
}

const Mail = { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'a@b.c' };
const template: Template = {
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic' },
    Mail: { Type: 'AWS::SNS::Subscription', Properties: Mail },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: tableProperties },
  },
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
      sandbox = await Sandbox.open(appOf(template), options);
      return sandbox;
    },
    settings,
    iam,
    getRole: () => iam().send(new GetRoleCommand({ RoleName: ROLE })),
    createRole: (input: Partial<CreateServiceLinkedRoleCommandInput> = {}) =>
      iam().send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'cloudtrail.amazonaws.com', ...input })),
  };
}
