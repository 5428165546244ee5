import { arnParts } from '../denial/arn';
import type { Denial } from '../denial/denial';

/** What a change of permissions is attached to. */
export type AttachTo = {
  readonly kind: 'user' | 'role' | 'permission-set' | 'group' | 'unknown';
  /** Name without path; null when unknown. */
  readonly name: string | null;
};

/** Roles of IAM Identity Center are named AWSReservedSSO_<permission set>_<16 hex>; IAM does not let them be changed. */
const RESERVED_SSO_ROLE = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

const NOBODY: AttachTo = { kind: 'unknown', name: null };

/** Whose permissions a fix would change: the role's instead of a session's, the permission set's instead of its role's. */
export function attachToOf({ caller }: Denial): AttachTo {
  const federated = caller.principal?.includes(':federated-user/') === true;
  const arn = arnParts(federated ? caller.issuer : caller.principal);
  const resource = arn?.service === 'iam' ? arn.resource : '';
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  if (resource.startsWith('user/')) {
    return { kind: 'user', name };
  }
  if (!resource.startsWith('role/') || resource.startsWith('role/aws-service-role/')) {
    return NOBODY;
  }
  const permissionSet = RESERVED_SSO_ROLE.exec(name)?.[1];
  return permissionSet === undefined ? { kind: 'role', name } : { kind: 'permission-set', name: permissionSet };
}

/** Whether anybody can give the caller permissions: not the root user, not an AWS service, not an anonymous caller. */
export function canBeGiven({ caller }: Denial): boolean {
  const resource = arnParts(caller.principal)?.resource;
  return (
    caller.type !== 'AWSService' && resource !== undefined && !/^(?:root$|role\/aws-service-role\/)/.test(resource)
  );
}
