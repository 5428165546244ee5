import type { RequestContext } from '../iam/conditions';
import { HUB, ORGANIZATION_ID, ROOT_ID } from '../organization/accounts';
import type { LocalOrganization } from '../organization/local-organization';
import { type Call, type Operation, type Service, textIn } from './operation';
import { ServiceError } from './service-error';

/** Items of one page: small, so that callers must page. */
const PAGE_SIZE = 1;
/** Accounts of one page. */
const ACCOUNTS_PAGE_SIZE = 5;

const PREFIX = `arn:${HUB.partition}:organizations::${HUB.account}`;

/** Organizations, as far as delegation and trusted access go. */
export const organizations: Service = {
  protocol: 'json',
  denialCode: 'AccessDeniedException',
  operations: {
    DescribeOrganization: operation('DescribeOrganization', () => ({
      Organization: {
        Id: ORGANIZATION_ID,
        Arn: `${PREFIX}:organization/${ORGANIZATION_ID}`,
        FeatureSet: 'ALL',
        MasterAccountArn: accountArn(HUB.account),
        MasterAccountId: HUB.account,
        MasterAccountEmail: emailOf(HUB.account),
      },
    })),
    DescribeAccount: {
      permissions: (call) => [
        { action: 'organizations:DescribeAccount', resource: accountArn(textIn(call, 'AccountId')) },
      ],
      perform: (call, { organization }) => ({ Account: describeAccount(textIn(call, 'AccountId'), organization) }),
    },
    ListAccounts: operation('ListAccounts', (call, { organization }) => {
      const accounts = organization.accounts.map((id) => describeAccount(id, organization));
      return page(call, 'Accounts', accounts, ACCOUNTS_PAGE_SIZE);
    }),
    ListAccountsForParent: onParent('ListAccountsForParent', (call, { organization }) => {
      const accounts = organization.accounts.map((id) => describeAccount(id, organization));
      return page(call, 'Accounts', accounts, ACCOUNTS_PAGE_SIZE);
    }),
    ListOrganizationalUnitsForParent: onParent('ListOrganizationalUnitsForParent', () => ({ OrganizationalUnits: [] })),
    ListDelegatedAdministrators: operation('ListDelegatedAdministrators', (call, { organization }) => {
      const service = textIn(call, 'ServicePrincipal');
      const known = !service || service === 'cloudtrail.amazonaws.com';
      const accounts = known ? [...organization.delegatedAdministrators] : [];
      const administrators = accounts.map((id) => describeAdministrator(id, organization));
      return page(call, 'DelegatedAdministrators', administrators);
    }),
    ListAWSServiceAccessForOrganization: operation('ListAWSServiceAccessForOrganization', (call, { organization }) => {
      const services = [...organization.trustedServices].sort();
      return page(
        call,
        'EnabledServicePrincipals',
        services.map((ServicePrincipal) => ({ ServicePrincipal, DateEnabled: 0 })),
      );
    }),
  },
};

function operation(name: string, perform: Operation['perform']): Operation {
  return {
    permissions: (call) => {
      const service = textIn(call, 'ServicePrincipal');
      const context: RequestContext = service ? { 'organizations:ServicePrincipal': service } : {};
      return [{ action: `organizations:${name}`, resource: '*', context }];
    },
    perform,
  };
}

/** An operation on what a root or unit holds. Here all accounts are under the root, and there are no units. */
function onParent(name: string, perform: Operation['perform']): Operation {
  return {
    permissions: (call) => {
      const parent = textIn(call, 'ParentId');
      const kind = parent.startsWith('r-') ? 'root' : 'ou';
      return [{ action: `organizations:${name}`, resource: `${PREFIX}:${kind}/${ORGANIZATION_ID}/${parent}` }];
    },
    perform: (call, world) => {
      if (textIn(call, 'ParentId') === ROOT_ID) return perform(call, world);
      throw new ServiceError(
        'ParentNotFoundException',
        "You provided a value that doesn't match the ID of a root or OU.",
      );
    },
  };
}

function page(call: Call, list: string, items: readonly object[], size = PAGE_SIZE) {
  const start = Number(textIn(call, 'NextToken') || 0);
  if (!Number.isInteger(start))
    throw new ServiceError('InvalidInputException', 'You specified an invalid value for nextToken.');
  const end = start + size;
  return { [list]: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
}

function describeAdministrator(id: string, organization: LocalOrganization) {
  return { ...describeAccount(id, organization), DelegationEnabledDate: 1_710_000_000 };
}

function describeAccount(id: string, organization: LocalOrganization) {
  const name = organization.nameOf(id);
  if (name === undefined) {
    throw new ServiceError('AccountNotFoundException', "You specified an account that doesn't exist.");
  }
  return {
    Id: id,
    Arn: accountArn(id),
    Email: emailOf(id),
    Name: name,
    Status: 'ACTIVE',
    JoinedMethod: 'CREATED',
    JoinedTimestamp: 1_700_000_000,
  };
}

function accountArn(id: string): string {
  return `${PREFIX}:account/${ORGANIZATION_ID}/${id}`;
}

function emailOf(id: string): string {
  return `aws-${id}@example.com`;
}
