import type { Check, Look } from '../check';
import { word } from '../commands';
import { aboutHub, failed, ok } from '../verdict';

/**
 * The credentials are those of the organization's management account: only there can a missing service-linked role be
 * created and the organization be seen. `DescribeOrganization` answers to every account of it.
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
 */
export const account: Check = {
  id: 'account',
  run: async (look) => [await verdictOf(look)],
};

async function verdictOf(look: Look) {
  const { aws, expectation } = look;
  const about = aboutHub('account', look);
  const caller = await aws.callerAccount();
  if (expectation !== null && caller !== expectation.managementAccount) {
    const expected = expectation.managementAccount;
    return failed(about, { kind: 'another-deployment', account: caller, expected }, [logInTo(expected)]);
  }
  const organization = await aws.organization();
  if (organization === null) {
    return expectation !== null && expectation.organizationId === null
      ? ok(about, { kind: 'single-account', account: caller })
      : failed(about, { kind: 'no-organization', account: caller }, [
          'aws organizations create-organization --feature-set ALL',
        ]);
  }
  const { id, managementAccount } = organization;
  if (caller !== managementAccount) {
    return failed(about, { kind: 'member-account', account: caller, managementAccount }, [logInTo(managementAccount)]);
  }
  const expected = expectation?.organizationId ?? id;
  return expected === id
    ? ok(about, { kind: 'management-account', account: caller, organization: id })
    : failed(about, { kind: 'another-organization', organization: id, expected }, [
        `npx cdk deploy --all -c trailmend.organizationId=${word(id)}`,
      ]);
}

function logInTo(managementAccount: string): string {
  return `trailmend doctor --profile <profile of account ${managementAccount}>`;
}
