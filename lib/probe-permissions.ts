import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { roleArn, SERVICE_LINKED_ROLES } from '../lambda/plan/service-linked-roles';
import { STACK_SET_NAME } from './member-forwarders';
import { KEY_ACTIONS_TO_PUBLISH } from './notice-topic';

/** Why the probe has each of its rights, by the Sid of the statement; `docs/permissions.md` shows it. */
export const PROBE_REASONS = {
  WriteOwnLog: 'To write what it does, with every audit record, into its own log group. The stack makes the group.',
  PublishNotices:
    'To tell administrators of its own health and of a role that it created, with a copy to the chat topic.',
  EncryptNotices: 'The topic is encrypted with this key; SNS asks its publishers for these two rights on it.',
  UseTable: 'To keep incidents of health, the canary and what waits to be told. It never deletes an item.',
  KeepFailedRuns: 'So that a run that failed three times is kept in the dead-letter queue, where an alarm sees it.',
  CreateAWSServiceRoleForCloudTrail:
    'To create the role before anybody misses it: this role, by its ARN, for this service and no other.',
  ReadServiceLinkedRoles:
    'To see whether a role is there before creating it and after. IAM knows a role that does not exist by its bare name only, ' +
    'so both forms are named.',
  ReadOrganization:
    'To see the organization, its accounts and which services it trusts. None of these actions has a resource type.',
  ReadDelegatedAdministrators:
    'To see whether an account administers CloudTrail, so that the role is needed. The condition binds it to CloudTrail.',
  ReadUnits: 'To find the accounts that should have forwarders, in the organization of the settings.',
  ReadStackSet: 'To see whether every member account has its forwarders: of this StackSet only.',
  ReadTrails:
    'To see whether trails bring refused calls, and to read the event history where none does. The actions have no resource type.',
  ReadTrailSettings: 'To see whether the trails of this account log, and what.',
  ReadRules: "To see whether the rules that hear refused calls are as they should be, in this account's Regions.",
  FindRules: 'To find these rules by what they send to. The actions have no resource type.',
  ReadBus: 'To see whether the bus admits the organization.',
  ReadTopic: 'To see who is subscribed and who may publish.',
  ReadKeyPolicy: "To see whether the topic's key lets its publishers use it.",
  ReadQueues: 'To see whether refused calls wait, or could not be handled.',
  ReadMetrics: 'To see how long the oldest message has waited. The action has no resource type; it reads numbers only.',
  QueueRefusals: 'To hand over refused calls that it finds in the event history where no trail logs.',
  AssumeCanary: 'To make the call of the canary: this role, which may do nothing.',
} as const;

/** ARNs of the resources that the probe may use. */
export type ProbeResources = {
  /** Of its own log group, with the `:*` that stands for the streams. */
  readonly logGroupArn: string;
  readonly topicArn: string;
  /** A second topic, for chat. */
  readonly chatTopicArn?: string;
  readonly keyArn: string;
  readonly tableArn: string;
  readonly busArn: string;
  readonly queueArn: string;
  readonly deadLettersArn: string;
  readonly canaryRoleArn: string;
  /** Whose accounts should have forwarders; undefined when there are none besides this account. */
  readonly organizationId?: string;
};

type Allow = (
  sid: keyof typeof PROBE_REASONS,
  actions: readonly string[],
  resource: string | readonly string[],
  conditions?: PolicyStatementProps['conditions'],
) => PolicyStatement;

const allow: Allow = (sid, actions, resource, conditions) =>
  new PolicyStatement({ sid, actions: [...actions], resources: [resource].flat(), conditions });

/** All that the probe may do. */
export function probePermissions(resources: ProbeResources): PolicyStatement[] {
  const { logGroupArn, topicArn, chatTopicArn, keyArn, tableArn, queueArn, deadLettersArn, canaryRoleArn } = resources;
  return [
    allow('WriteOwnLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn),
    allow('PublishNotices', ['sns:Publish'], chatTopicArn === undefined ? topicArn : [topicArn, chatTopicArn]),
    allow('EncryptNotices', KEY_ACTIONS_TO_PUBLISH, keyArn),
    allow(
      'UseTable',
      ['GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`),
      tableArn,
    ),
    allow('KeepFailedRuns', ['sqs:SendMessage'], deadLettersArn),
    ...rolePermissions(),
    ...organizationPermissions(resources),
    ...hearingPermissions(resources),
    ...tellingPermissions(resources),
    allow('QueueRefusals', ['sqs:SendMessage'], queueArn),
    allow('AssumeCanary', ['sts:AssumeRole'], canaryRoleArn),
  ];
}

/** Creates the role that every call for an organization needs; reads both. */
function rolePermissions(): PolicyStatement[] {
  const [first] = SERVICE_LINKED_ROLES;
  const arns = SERVICE_LINKED_ROLES.map((role) => roleArn(role, Aws.PARTITION, Aws.ACCOUNT_ID));
  const byName = SERVICE_LINKED_ROLES.map(({ name }) => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${name}`);
  return [
    allow('CreateAWSServiceRoleForCloudTrail', ['iam:CreateServiceLinkedRole'], arns.slice(0, 1), {
      StringEquals: { 'iam:AWSServiceName': first?.service },
    }),
    // Of a role that does not exist, IAM knows only the name, not the path.
    allow('ReadServiceLinkedRoles', ['iam:GetRole'], [...arns, ...byName]),
  ];
}

/**
 * Actions of Organizations mostly have no resource type, so `*` is the only resource they can be allowed on.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
function organizationPermissions({ organizationId }: ProbeResources): PolicyStatement[] {
  const reads = ['DescribeOrganization', 'ListAWSServiceAccessForOrganization', 'ListAccounts'];
  const organizations = `arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}`;
  const members = [
    allow(
      'ReadUnits',
      ['organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent'],
      ['root', 'ou'].map((kind) => `${organizations}:${kind}/${organizationId}/*`),
    ),
    allow(
      'ReadStackSet',
      ['cloudformation:ListStackInstances'],
      `arn:${Aws.PARTITION}:cloudformation:${Aws.REGION}:${Aws.ACCOUNT_ID}:stackset/${STACK_SET_NAME}:*`,
    ),
  ];
  return [
    allow(
      'ReadOrganization',
      reads.map((action) => `organizations:${action}`),
      '*',
    ),
    allow('ReadDelegatedAdministrators', ['organizations:ListDelegatedAdministrators'], '*', {
      StringEquals: { 'organizations:ServicePrincipal': 'cloudtrail.amazonaws.com' },
    }),
    ...(organizationId === undefined ? [] : members),
  ];
}

function hearingPermissions({ busArn }: ProbeResources): PolicyStatement[] {
  const here = (service: string, resource: string) =>
    `arn:${Aws.PARTITION}:${service}:*:${Aws.ACCOUNT_ID}:${resource}/*`;
  return [
    allow('ReadTrails', ['cloudtrail:DescribeTrails', 'cloudtrail:LookupEvents'], '*'),
    allow(
      'ReadTrailSettings',
      ['cloudtrail:GetEventSelectors', 'cloudtrail:GetTrailStatus'],
      here('cloudtrail', 'trail'),
    ),
    allow('ReadRules', ['events:DescribeRule', 'events:ListTargetsByRule'], here('events', 'rule')),
    allow('FindRules', ['events:ListRuleNamesByTarget', 'events:ListRules'], '*'),
    allow('ReadBus', ['events:DescribeEventBus'], busArn),
  ];
}

function tellingPermissions({ topicArn, keyArn, queueArn, deadLettersArn }: ProbeResources): PolicyStatement[] {
  return [
    allow('ReadTopic', ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic'], topicArn),
    allow('ReadKeyPolicy', ['kms:GetKeyPolicy'], keyArn),
    allow('ReadQueues', ['sqs:GetQueueAttributes'], [queueArn, deadLettersArn]),
    allow('ReadMetrics', ['cloudwatch:GetMetricStatistics'], '*'),
  ];
}
