import { Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { STACK_SET_NAME } from './member-forwarders';

const GENERATE_DATA_KEY = {
  id: 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
  reason:
    'The right that SNS documents for publishers to an encrypted topic. It is allowed on the one key that ' +
    'encrypts the notices.',
};

/** Says to cdk-nag why the probe's role has each of its wildcards. */
export function acknowledgeProbeWildcards(role: Role, organizationId: string | undefined): void {
  const here = (service: string, resource: string) =>
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:${service}:*:<AWS::AccountId>:${resource}/*]`;
  const ofUnits = (kind: string) =>
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:organizations::<AWS::AccountId>:${kind}/${organizationId}/*]`;
  Validations.of(role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'These actions only read and have no resource type (Service Authorization Reference): CloudTrail DescribeTrails and ' +
        'LookupEvents, EventBridge ListRules and ListRuleNamesByTarget, CloudWatch GetMetricStatistics, and the lists of Organizations.',
    },
    {
      id: here('cloudtrail', 'trail'),
      reason:
        'The trails of this account, which the users make, in every Region that is heard. It reads their status and selectors.',
    },
    {
      id: here('events', 'rule'),
      reason:
        'The rules of this account in every Region that is heard; CloudFormation chooses their names. It only reads them.',
    },
    ...['root', 'ou'].map((kind) => ({
      id: ofUnits(kind),
      reason:
        'Units inside the named ones are not known at synthesis. It only lists accounts and units of this organization.',
    })),
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stackset/${STACK_SET_NAME}:*]`,
      reason: "CloudFormation puts an id behind the StackSet's name. It only lists its instances.",
    },
    GENERATE_DATA_KEY,
  );
}

/** Says to cdk-nag why the responder's role has each of its wildcards. */
export function acknowledgeWildcards(role: Role, organizationId: string): void {
  Validations.of(role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'cloudtrail:DescribeTrails and organizations:ListDelegatedAdministrators have no resource type (Service ' +
        'Authorization Reference). Both only read; the second is bound to cloudtrail.amazonaws.com by a condition.',
    },
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:organizations::<AWS::AccountId>:account/${organizationId}/*]`,
      reason:
        'Notices name the account concerned, which may be any of the organization. The action only reads a name and an ' +
        'address, and only of accounts that this management account manages.',
    },
    GENERATE_DATA_KEY,
  );
}
