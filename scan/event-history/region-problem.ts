import type { Problem } from '../source';
import { isThrottling } from './ask-patiently';

const LOG_IN = 'the AWS credentials have expired: log in again';

const NOT_ENABLED =
  'AWS does not know these credentials there: the Region is not enabled for the account (enable it, or leave it out), or the session token is not valid in it';

/** What to do about errors that people can mend, by the error's name. */
const ADVICE: Readonly<Record<string, string>> = {
  UnrecognizedClientException: NOT_ENABLED,
  InvalidClientTokenId: NOT_ENABLED,
  ExpiredTokenException: LOG_IN,
  ExpiredToken: LOG_IN,
  CredentialsProviderError: 'there are no AWS credentials any more: log in again',
};

const UNREACHABLE: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Whether the credentials have ended, so that no Region can be read any more. */
export function isOfCredentials({ name }: Error): boolean {
  return ['ExpiredTokenException', 'ExpiredToken', 'CredentialsProviderError'].includes(name);
}

/**
 * Why a Region could not be read to its end, and what to do about it.
 * @throws what was thrown, unless it comes from AWS or the way to it
 */
export function regionProblem(region: string, thrown: unknown): Problem {
  if (!(thrown instanceof Error)) {
    throw thrown;
  }
  return { where: region, what: adviceFor(thrown) };
}

function adviceFor(error: Error): string {
  const { name, message } = error;
  const { code } = error as NodeJS.ErrnoException;
  const line = message.replaceAll(/\s+/g, ' ');
  const known = ADVICE[name];
  if (known !== undefined) {
    return known;
  }
  if (name.startsWith('AccessDenied')) {
    return `AWS refuses the event history: allow the caller cloudtrail:LookupEvents (${line})`;
  }
  if (isThrottling(error)) {
    return 'CloudTrail still throttles, however seldom it is asked: others use up its two calls a second; try again later';
  }
  if (code !== undefined && UNREACHABLE.includes(code)) {
    return `CloudTrail cannot be reached there (${code}): check the name of the Region, and the network`;
  }
  if ('$metadata' in error || code !== undefined || name === 'TimeoutError') {
    return `AWS failed or could not be reached (${name}: ${line}): try again later`;
  }
  throw error;
}
