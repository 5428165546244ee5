import { Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';

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
    {
      id: 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
      reason:
        'The right that SNS documents for publishers to an encrypted topic. It is allowed on the one key that ' +
        'encrypts the notices.',
    },
  );
}
