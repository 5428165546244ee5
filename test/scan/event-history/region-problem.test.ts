import { regionProblem } from '../../../scan/event-history/region-problem';
import { awsError } from './local-history';

const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });

test.each([
  [
    'UnrecognizedClientException',
    awsError('UnrecognizedClientException'),
    /the Region is not enabled for the account \(enable it, or leave it out\)/,
  ],
  [
    'AccessDeniedException',
    awsError('AccessDeniedException'),
    /allow the caller cloudtrail:LookupEvents \(AccessDeniedException it is\)/,
  ],
  ['ExpiredTokenException', awsError('ExpiredTokenException'), /the AWS credentials have expired: log in again/],
  ['ThrottlingException', awsError('ThrottlingException'), /others use up its two calls a second; try again later/],
  ['ENOTFOUND', unreachable, /cannot be reached there \(ENOTFOUND\): check the name of the Region, and the network/],
  [
    'InternalFailure',
    awsError('InternalFailure', 500),
    /AWS failed or could not be reached \(InternalFailure: .*\): try again later/,
  ],
])('%s: what happened, and what to do', (_name, error, what) => {
  const problem = regionProblem('ap-east-1', error);

  expect(problem.where).toBe('ap-east-1');
  expect(problem.what).toMatch(what);
});
