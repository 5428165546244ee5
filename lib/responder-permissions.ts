import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { roleArn, SERVICE_LINKED_ROLES } from '../lambda/plan/service-linked-roles';
import { KEY_ACTIONS_TO_PUBLISH } from './notice-topic';

/** ARNs of the resources that the responder may use. */
export type ResponderResources = {
  /** Of its own log group, with the `:*` that stands for the streams. */
  readonly logGroupArn: string;
  readonly topicArn: string;
  readonly keyArn: string;
};

/** All that the responder may do, but for reading its queue, which the event source grants. */
export function responderPermissions({ logGroupArn, topicArn, keyArn }: ResponderResources): PolicyStatement[] {
  const allow = (sid: string, actions: string[], resource: string, conditions?: PolicyStatementProps['conditions']) =>
    new PolicyStatement({ sid, actions, resources: [resource], conditions });
  return [
    allow('WriteOwnLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn),
    allow('PublishNotices', ['sns:Publish'], topicArn),
    allow('EncryptNotices', KEY_ACTIONS_TO_PUBLISH, keyArn),
    ...serviceLinkedRolePermissions(),
    // Neither action has a resource type, so `*` is the only resource they can be allowed on:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
    allow('ReadTrails', ['cloudtrail:DescribeTrails'], '*'),
    allow('ReadDelegatedAdministrators', ['organizations:ListDelegatedAdministrators'], '*', {
      StringEquals: { 'organizations:ServicePrincipal': 'cloudtrail.amazonaws.com' },
    }),
  ];
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
    new PolicyStatement({ sid: 'ReadServiceLinkedRoles', actions: ['iam:GetRole'], resources: arns }),
  ];
}
