import type { Service } from './operation';

/** STS: who am I. */
export const sts: Service = {
  protocol: 'query',
  denialCode: 'AccessDenied',
  operations: {
    GetCallerIdentity: {
      // AWS lets everybody make this call, whatever the policies say.
      permissions: () => [],
      perform: ({ caller }) => ({ Account: caller.account, Arn: caller.shownAs, UserId: 'AROAEXAMPLE:session' }),
    },
  },
};
