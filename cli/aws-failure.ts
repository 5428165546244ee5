import { LookError } from '../lambda/health/look-error';
import { ScanError } from '../scan/scan-error';

const EXPIRED = 'the AWS credentials have expired: log in again';
const UNKNOWN = 'AWS does not know these credentials: log in again, or check --profile and AWS_PROFILE';

/** What the user can do about failures of AWS that they can mend, by the error's name. */
const ADVICE: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'there are no AWS credentials: log in, for example with aws sso login, or name a profile with --profile or AWS_PROFILE',
  ExpiredTokenException: EXPIRED,
  ExpiredToken: EXPIRED,
  UnrecognizedClientException: UNKNOWN,
  InvalidClientTokenId: UNKNOWN,
  SignatureDoesNotMatch: UNKNOWN,
  ResourceNotFoundException: 'there is no such table in this account and Region: check --table and --region',
};

/** What AWS or the way to it failed at, in one line that says what to do; null when something else was thrown. */
export function awsFailure(thrown: unknown): string | null {
  if (thrown instanceof LookError) {
    return awsFailure(thrown.cause);
  }
  if (thrown instanceof ScanError) {
    return thrown.message;
  }
  if (!(thrown instanceof Error)) {
    return null;
  }
  const { name, message } = thrown;
  if (message === 'Region is missing') {
    return 'the Region is not known: give --region, or set AWS_REGION';
  }
  if (name === 'ValidationException' && message.includes('specified index')) {
    return 'the table was deployed by an older version, which cannot be searched: deploy this version first';
  }
  const line = message.replaceAll(/\s+/g, ' ');
  const reached = '$metadata' in thrown || 'code' in thrown;
  return ADVICE[name] ?? (reached ? `AWS refused or could not be reached (${name}: ${line})` : null);
}
