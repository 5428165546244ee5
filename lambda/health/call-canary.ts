import { type CloudTrailClient, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { CANARY_TRAIL } from './canary';

/** Keys of a session. */
export type SessionKeys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
};

/** What the canary's sessions are called in CloudTrail. */
const SESSION = 'trailmend-canary';

/**
 * Makes the canary's call in a Region: as a role without any permission it asks for a trail, and AWS refuses.
 * @param clientFor makes the client, which should not be recorded: that its call is refused is no fault of ours
 * @throws Error when it was not refused, and what AWS answers otherwise
 */
export function canaryCaller(
  sts: STSClient,
  roleArn: string,
  clientFor: (region: string, credentials: SessionKeys) => CloudTrailClient,
): (region: string) => Promise<void> {
  return async (region) => {
    const client = clientFor(region, await assume(sts, roleArn));
    try {
      await client.send(new GetTrailStatusCommand({ Name: CANARY_TRAIL }));
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('AccessDenied')) {
        return;
      }
      throw error;
    }
    throw new Error(`The canary's call in ${region} was not refused: somebody gave ${roleArn} permissions.`);
  };
}

async function assume(sts: STSClient, roleArn: string): Promise<SessionKeys> {
  const input = { RoleArn: roleArn, RoleSessionName: SESSION, DurationSeconds: 900 };
  const { Credentials: keys } = await sts.send(new AssumeRoleCommand(input));
  if (!keys?.AccessKeyId || !keys.SecretAccessKey || !keys.SessionToken) {
    throw new Error(`STS let ${roleArn} be assumed, but gave no credentials.`);
  }
  return { accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey, sessionToken: keys.SessionToken };
}
