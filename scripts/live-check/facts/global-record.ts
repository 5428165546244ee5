import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { answer, type Fact } from '../fact';
import { globalRegionOf, HISTORY_MINUTES, recordOf } from '../records';
import { type RefusedCall, refusalOf } from '../refusal';

export const globalRecord: Fact = {
  id: 'global-record',
  stage: 'deployed',
  question: 'In which Region is a refused call to Organizations recorded?',
  expected: '`us-east-1` (GovCloud: `us-gov-west-1`), whatever Region the caller names.',
  calls:
    'Management account: iam:CreateRole, sts:AssumeRole, organizations:DescribeOrganization (refused), cloudtrail:LookupEvents',
  changes: 'Role `trailmend-live-check-powerless` without rights',
  undo: 'The role is deleted at the end.',
  minutes: HISTORY_MINUTES,
  run: async (look) => {
    const region = globalRegionOf(look);
    const as = await look.powerless(look.management);
    const at = look.now();
    const client = look.aws.client(OrganizationsClient, as, look.region);
    const refusal = await refusalOf(client.send(new DescribeOrganizationCommand({})));
    const call: RefusedCall = { ...refusal, eventName: 'DescribeOrganization', as: look.management, region, at };
    const record = await recordOf(look, call);
    return answer(
      record.awsRegion === region,
      `found in ${region}: awsRegion ${record.awsRegion}, code ${record.errorCode}`,
    );
  },
};
