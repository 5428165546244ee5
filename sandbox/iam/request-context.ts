import { HUB, ORGANIZATION_ID } from '../organization/accounts';
import type { RequestContext } from './conditions';
import type { Caller } from './principal';

/** Condition keys that AWS sets on every call. `isEncrypted`: the call came over TLS. */
export function callContext(caller: Caller, isEncrypted = true): RequestContext {
  const always = {
    'aws:SecureTransport': String(isEncrypted),
    'aws:PrincipalIsAWSService': String(caller.kind === 'service'),
    'aws:RequestedRegion': HUB.region,
  };
  if (caller.kind === 'service') return always;
  const { arn, account, organization } = caller;
  return {
    ...always,
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account,
    ...(organization ? { 'aws:PrincipalOrgID': organization } : {}),
  };
}

/** Condition keys of a call that a service makes because of a resource of ours, such as a rule that delivers an event. */
export function serviceContext(sourceArn: string): RequestContext {
  return {
    'aws:SecureTransport': 'true',
    'aws:PrincipalIsAWSService': 'true',
    'aws:SourceArn': sourceArn,
    'aws:SourceAccount': sourceArn.split(':')[4] ?? '',
    'aws:SourceOrgID': ORGANIZATION_ID,
  };
}
