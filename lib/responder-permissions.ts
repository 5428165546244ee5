import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { ARRIVALS_INDEX } from '../lambda/incidents/arrivals';
import { DUE_INDEX } from '../lambda/incidents/due';
import { roleArn, SERVICE_LINKED_ROLES } from '../lambda/plan/service-linked-roles';
import { KEY_ACTIONS_TO_PUBLISH } from './notice-topic';

/** What the incident store does; it never deletes, and never reads the whole table. */
const TABLE_ACTIONS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];

/**
 * Why the responder has each of its rights, by the Sid of the statement; `docs/permissions.md` shows it. `sqs` is what the
 * event source grants, which has no Sid.
 */
export const RESPONDER_REASONS = {
  WriteOwnLog: 'To write what it does, with every audit record, into its own log group. The stack makes the group.',
  PublishNotices: 'To send notices to the administrators, and a copy to the chat topic where the settings name one.',
  EncryptNotices: 'The topic is encrypted with this key; SNS asks its publishers for these two rights on it.',
  UseTable: 'To keep events, incidents and notices. It never deletes an item, and never reads the whole table.',
  ReadIndexes:
    'To find what waits for a notice or a retry, once a minute, and to count what arrived at an incident since the last count.',
  CreateAWSServiceRoleForCloudTrail:
    'To mend what CloudTrail misses most: this role, by its ARN, for this service and no other.',
  CreateAWSServiceRoleForCloudTrailEventContext:
    'The same for the second role of CloudTrail, which enriched events and delegated administrators need.',
  ReadServiceLinkedRoles:
    'To see whether a role is there before creating it and after. IAM knows a role that does not exist by its bare name only, ' +
    'so both forms are named.',
  ReadAccountNames: 'To call accounts by their names in notices. It reads a name and an address, and changes nothing.',
  ReadTrails:
    'To say whether the organization has its trail once a role is there. The action has no resource type, so it takes `*`.',
  ReadDelegatedAdministrators:
    'To say whether a delegated administrator exists. The action has no resource type; the condition binds it to CloudTrail.',
  sqs: 'To take refused calls and the message of the schedule from its queue, and delete what is done.',
} as const;

/** ARNs of the resources that the responder may use. */
export type ResponderResources = {
  /** Of its own log group, with the `:*` that stands for the streams. */
  readonly logGroupArn: string;
  /** Topics that notices go to. */
  readonly topicArns: readonly string[];
  readonly keyArn: string;
  /** Table of events, incidents and notices. */
  readonly tableArn: string;
  /** Organization whose accounts' names are read; `o-*` when it is not known at synthesis. */
  readonly organizationId: string;
};

/** All that the responder may do, but for reading its queue, which the event source grants. */
export function responderPermissions({
  logGroupArn,
  topicArns,
  keyArn,
  tableArn,
  organizationId,
}: ResponderResources): PolicyStatement[] {
  const allow = (
    sid: keyof typeof RESPONDER_REASONS,
    actions: string[],
    resource: string | readonly string[],
    conditions?: PolicyStatementProps['conditions'],
  ) => new PolicyStatement({ sid, actions, resources: [resource].flat(), conditions });
  return [
    allow('WriteOwnLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn),
    allow('PublishNotices', ['sns:Publish'], topicArns),
    allow('EncryptNotices', KEY_ACTIONS_TO_PUBLISH, keyArn),
    allow('UseTable', TABLE_ACTIONS, tableArn),
    allow(
      'ReadIndexes',
      ['dynamodb:Query'],
      [DUE_INDEX, ARRIVALS_INDEX].map((index) => `${tableArn}/index/${index}`),
    ),
    ...serviceLinkedRolePermissions(),
    allow('ReadAccountNames', ['organizations:DescribeAccount'], accountArns(organizationId)),
    // Neither action has a resource type, so `*` is the only resource they can be allowed on:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
    allow('ReadTrails', ['cloudtrail:DescribeTrails'], '*'),
    allow('ReadDelegatedAdministrators', ['organizations:ListDelegatedAdministrators'], '*', {
      StringEquals: { 'organizations:ServicePrincipal': 'cloudtrail.amazonaws.com' },
    }),
  ];
}

function nameOnlyArn(name: string): string {
  return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${name}`;
}

/** Every account of the organization that this account manages; which these are is not known at synthesis. */
function accountArns(organizationId: string): string {
  return `arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}:account/${organizationId}/*`;
}

/** Create and read exactly the roles that the responder knows, each for its own service only. */
function serviceLinkedRolePermissions(): PolicyStatement[] {
  const arns = SERVICE_LINKED_ROLES.map((role) => roleArn(role, Aws.PARTITION, Aws.ACCOUNT_ID));
  return [
    ...SERVICE_LINKED_ROLES.map(
      ({ name, service }, index) =>
        new PolicyStatement({
          sid: `Create${name}`,
          actions: ['iam:CreateServiceLinkedRole'],
          resources: arns.slice(index, index + 1),
          conditions: { StringEquals: { 'iam:AWSServiceName': service } },
        }),
    ),
    // Of a role that does not exist, IAM knows only the name, not the path.
    new PolicyStatement({
      sid: 'ReadServiceLinkedRoles',
      actions: ['iam:GetRole'],
      resources: [...arns, ...SERVICE_LINKED_ROLES.map(({ name }) => nameOnlyArn(name))],
    }),
  ];
}
