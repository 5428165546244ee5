import type { Case } from './case';
import { cloudTrailActionDenied } from './cloudtrail-action-denied';
import { crossAccountDenied } from './cross-account-denied';
import { grantAccessDenied } from './grant-access-denied';
import { integrationDenied } from './integration-denied';
import { missingServiceLinkedRole } from './missing-service-linked-role';
import { notCovered } from './not-covered';
import { organizationNotReady } from './organization-not-ready';
import { passRoleDenied } from './pass-role-denied';

/** Every case. The order is the priority: the first one that recognises a denial decides. */
export const CASES = [
  missingServiceLinkedRole,
  organizationNotReady,
  passRoleDenied,
  integrationDenied,
  grantAccessDenied,
  crossAccountDenied,
  cloudTrailActionDenied,
  notCovered,
] as const satisfies readonly Case[];

/** Id of one of {@link CASES}. */
export type CaseId = (typeof CASES)[number]['id'];
