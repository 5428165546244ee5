import { isDenialCode } from '../../lambda/denial/error-codes';

/** Whether AWS refused a call since the caller may not make it, or is in no organization. */
export function isRefused(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return isDenialCode(name) || name === 'AWSOrganizationsNotInUseException';
}
