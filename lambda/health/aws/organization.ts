import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  type Account,
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListAccountsForParent,
  paginateListAWSServiceAccessForOrganization,
  paginateListDelegatedAdministrators,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { CLOUDTRAIL } from '../../denial/ties';
import type { HealthEdges, MemberSeen } from '../edges';
import { ask, askAll, type Clients, orNull } from './clients';

type OrganizationEdges = Pick<
  HealthEdges,
  | 'callerAccount'
  | 'organization'
  | 'trustedServices'
  | 'delegatedAdministrators'
  | 'accounts'
  | 'accountsIn'
  | 'unitsIn'
  | 'hasRole'
>;

/** The organization, as its management account sees it. Its services are global: the SDK finds their Region. */
export function organizationEdges(clients: Clients, region: string): OrganizationEdges {
  const client = () => clients(OrganizationsClient, region);
  return {
    callerAccount: () =>
      ask('sts:GetCallerIdentity', region, async () => {
        const { Account } = await clients(STSClient, region).send(new GetCallerIdentityCommand({}));
        return Account ?? '';
      }),
    organization: () => inOrganization(describe(client(), region)),
    trustedServices: async () => {
      const asking = askAll(
        'organizations:ListAWSServiceAccessForOrganization',
        region,
        () => paginateListAWSServiceAccessForOrganization({ client: client() }, {}),
        ({ EnabledServicePrincipals = [] }) => EnabledServicePrincipals.flatMap((each) => each.ServicePrincipal ?? []),
      );
      return (await inOrganization(asking)) ?? [];
    },
    delegatedAdministrators: async () => {
      const asking = askAll(
        'organizations:ListDelegatedAdministrators',
        region,
        () => paginateListDelegatedAdministrators({ client: client() }, { ServicePrincipal: CLOUDTRAIL }),
        ({ DelegatedAdministrators = [] }) => DelegatedAdministrators.flatMap(({ Id }) => Id ?? []),
      );
      return (await inOrganization(asking)) ?? [];
    },
    accounts: () =>
      askAll(
        'organizations:ListAccounts',
        region,
        () => paginateListAccounts({ client: client() }, {}),
        ({ Accounts = [] }) => Accounts.map(memberOf),
      ),
    accountsIn: (ParentId) =>
      askAll(
        'organizations:ListAccountsForParent',
        region,
        () => paginateListAccountsForParent({ client: client() }, { ParentId }),
        ({ Accounts = [] }) => Accounts.map(memberOf),
      ),
    unitsIn: (ParentId) =>
      askAll(
        'organizations:ListOrganizationalUnitsForParent',
        region,
        () => paginateListOrganizationalUnitsForParent({ client: client() }, { ParentId }),
        ({ OrganizationalUnits = [] }) => OrganizationalUnits.flatMap(({ Id }) => Id ?? []),
      ),
    hasRole: async (RoleName) => {
      const asking = ask('iam:GetRole', region, () =>
        clients(IAMClient, region).send(new GetRoleCommand({ RoleName })),
      );
      return (await orNull(asking, ['NoSuchEntityException', 'NoSuchEntity'])) !== null;
    },
  };
}

/** What the organization answers; null when there is none. */
function inOrganization<T>(asking: Promise<T>): Promise<T | null> {
  return orNull(asking, ['AWSOrganizationsNotInUseException']);
}

function describe(client: OrganizationsClient, region: string) {
  return ask('organizations:DescribeOrganization', region, async () => {
    const { Organization = {} } = await client.send(new DescribeOrganizationCommand({}));
    const { Id = '', MasterAccountId = '', FeatureSet = '' } = Organization;
    return { id: Id, managementAccount: MasterAccountId, featureSet: FeatureSet };
  });
}

/** `State` replaces `Status`, which is still what older endpoints answer. */
function memberOf({ Id = '', Name, State, Status, JoinedTimestamp }: Account): MemberSeen {
  const joinedAt = JoinedTimestamp?.getTime() ?? null;
  return { id: Id, name: Name ?? null, isActive: (State ?? Status) === 'ACTIVE', joinedAt };
}
