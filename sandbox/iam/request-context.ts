import { HUB, ORGANIZATION_ID } from '../organization/accounts';
import { accountOf } from '../organization/place';
import type { RequestContext } from './conditions';
import type { Caller } from './principal';

/** How a call comes: over TLS or not, and to which Region. */
type Way = { readonly isEncrypted?: boolean; readonly region?: string };

/** Condition keys that AWS sets on every call. */
export function callContext(caller: Caller, { isEncrypted = true, region = HUB.region }: Way = {}): RequestContext {
  const always = {
    'aws:SecureTransport': String(isEncrypted),
    'aws:PrincipalIsAWSService': String(caller.kind === 'service'),
    'aws:RequestedRegion': region,
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
    'aws:SourceAccount': accountOf(sourceArn),
    'aws:SourceOrgID': ORGANIZATION_ID,
  };
}
