import type { Look } from '../../lambda/health/check';
import type { HealthEdges, MemberSeen, RuleSeen, TrailSeen } from '../../lambda/health/edges';
import type { Expectation } from '../../lambda/health/expectation';
import { cloudTrailRefusals, neighbourRefusals } from '../../lib/event-patterns';

const HUB = '111122223333';
const MEMBERS = ['222233334444', '333344445555'];

/** When it is, in these tests. */
export const NOW = Date.parse('2026-11-29T03:00:00Z');

/** A deployment for an organization in two Regions. */
export const EXPECTATION: Expectation = {
  managementAccount: HUB,
  partition: 'aws',
  stackName: 'TrailmendHub',
  homeRegion: 'us-east-1',
  regions: ['us-east-1', 'eu-west-1'],
  organizationId: 'o-exampleorgid',
  organizationalUnits: ['r-abcd'],
  accountFilter: null,
  stackSetName: 'trailmend-forwarders',
  busArn: `arn:aws:events:us-east-1:${HUB}:event-bus/trailmend`,
  queueUrl: `https://sqs.us-east-1.amazonaws.com/${HUB}/TrailmendHub-Refusals`,
  deadLettersUrl: `https://sqs.us-east-1.amazonaws.com/${HUB}/TrailmendHub-DeadLetters`,
  topicArn: `arn:aws:sns:us-east-1:${HUB}:TrailmendHub-Notices`,
  keyArn: `arn:aws:kms:us-east-1:${HUB}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  tableName: 'TrailmendHub-Incidents',
  responderRoleArn: `arn:aws:iam::${HUB}:role/TrailmendHub-Responder`,
  probeRoleArn: `arn:aws:iam::${HUB}:role/TrailmendHub-Probe`,
  canaryRoleArn: `arn:aws:iam::${HUB}:role/TrailmendHub-Canary`,
  emails: 1,
  remediation: 'auto',
};

/** A trail of the organization. */
export const TRAIL: TrailSeen = {
  arn: `arn:aws:cloudtrail:us-east-1:${HUB}:trail/audit`,
  homeRegion: 'us-east-1',
  isOrganizationTrail: true,
};

/** Selectors of a trail that takes all management events. */
export const ALL_EVENTS = {
  eventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
  advancedEventSelectors: [],
};

/** The rules of Trailmend, as they should be. */
export function rulesNamed(prefix: string, version = 1): RuleSeen[] {
  return [cloudTrailRefusals, neighbourRefusals].map((pattern, at) => ({
    name: `${prefix}-${['CloudTrail', 'Neighbours'][at]}`,
    state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    description: `Trailmend: rule ${at + 1} (patterns ${version})`,
    pattern: JSON.stringify(pattern),
  }));
}

const role = (arn: string, action: string | string[], Resource: string) => ({
  Effect: 'Allow',
  Principal: { AWS: arn },
  Action: action,
  Resource,
});

/** The policies as the stack has them. */
export const POLICIES = {
  bus: statements({
    Sid: 'cdk-AllowOrganizationToPutEvents',
    Effect: 'Allow',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: EXPECTATION.busArn,
    Condition: { StringEquals: { 'aws:PrincipalOrgID': EXPECTATION.organizationId } },
  }),
  topic: statements(
    {
      Sid: 'AllowPublishThroughSSLOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sns:Publish',
      Resource: EXPECTATION.topicArn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: EXPECTATION.topicArn,
      Condition: {
        StringEquals: { 'aws:SourceAccount': HUB },
        ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${HUB}:alarm:trailmend-*` },
      },
    },
    role(EXPECTATION.responderRoleArn, 'sns:Publish', EXPECTATION.topicArn),
    role(EXPECTATION.probeRoleArn, 'sns:Publish', EXPECTATION.topicArn),
  ),
  key: statements(
    role(`arn:aws:iam::${HUB}:root`, 'kms:*', '*'),
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
    },
    role(EXPECTATION.responderRoleArn, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'),
    role(EXPECTATION.probeRoleArn, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'),
  ),
};

/** A policy of these statements, as JSON. */
export function statements(...Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** An account of the organization. */
export function member(id: string, name: string | null = null, joinedAt: number | null = null): MemberSeen {
  return { id, name, isActive: true, joinedAt };
}

/** An organization and a deployment in which all is well, but for what is given. */
export function edges(other: Partial<HealthEdges> = {}): HealthEdges {
  return {
    callerAccount: async () => HUB,
    organization: async () => ({ id: 'o-exampleorgid', managementAccount: HUB, featureSet: 'ALL' }),
    trustedServices: async () => ['cloudtrail.amazonaws.com', 'member.org.stacksets.cloudformation.amazonaws.com'],
    delegatedAdministrators: async () => ['222233334444'],
    accounts: async () => [member(HUB, 'management'), member('222233334444', 'Security'), member('333344445555')],
    accountsIn: async () => [],
    unitsIn: async () => [],
    hasRole: async () => true,
    trails: async () => [TRAIL],
    isLogging: async () => true,
    selectors: async () => ALL_EVENTS,
    rulesTo: async () => rulesNamed('forwarder').map(({ name }) => name),
    rule: async (name) => rulesNamed('forwarder').find((rule) => rule.name === name) as RuleSeen,
    rulesOn: async () => rulesNamed('hub'),
    targets: async (_rule, bus) => [
      bus === null
        ? { id: 'T', arn: EXPECTATION.busArn, roleArn: `arn:aws:iam::${HUB}:role/R`, deadLetterArn: 'arn:aws:sqs:::d' }
        : {
            id: 'T',
            arn: `arn:aws:sqs:us-east-1:${HUB}:TrailmendHub-Refusals`,
            roleArn: null,
            deadLetterArn: 'arn:aws:sqs:::d',
          },
    ],
    busPolicy: async () => POLICIES.bus,
    stackOutput: async () => JSON.stringify(EXPECTATION),
    instances: async () =>
      MEMBERS.flatMap((account) =>
        EXPECTATION.regions.map((region) => ({
          account,
          region,
          status: 'CURRENT',
          detail: 'SUCCEEDED',
          reason: null,
        })),
      ),
    subscriptions: async () => [{ protocol: 'email', endpoint: 'admin@example.com', isConfirmed: true }],
    topic: async () => ({ policy: POLICIES.topic, key: EXPECTATION.keyArn }),
    keyPolicy: async () => POLICIES.key,
    oldestMessage: async () => 4,
    messages: async () => ({ arn: `arn:aws:sqs:us-east-1:${HUB}:TrailmendHub-DeadLetters`, count: 0 }),
    health: async () => ({
      probeRanAt: NOW - 120_000,
      canaries: EXPECTATION.regions.map((region) => ({
        account: HUB,
        region,
        sentAt: NOW - 3_600_000,
        seenAt: NOW - 3_500_000,
      })),
      seen: [HUB, ...MEMBERS].map((account) => ({ account, region: 'us-east-1', seenAt: NOW - 7_200_000 })),
      incidents: [],
    }),
    ...other,
  };
}

/** A look at it. */
export function look(other: Partial<HealthEdges> = {}, expectation: Partial<Expectation> | null = {}): Look {
  return {
    expectation: expectation && { ...EXPECTATION, ...expectation },
    here: { account: HUB, region: 'us-east-1' },
    aws: edges(other),
    now: () => NOW,
  };
}
