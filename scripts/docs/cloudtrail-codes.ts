import type { CaseId } from '../../lambda/cases';
import { classify } from '../../lambda/classify';
import { parseEvent } from '../../lambda/denial/parse-event';

/** What a code's message may say that decides what it stands for; null for whatever it says. */
const MESSAGES = [null, 'Access denied', 'AccountID in ARN is wrong'];

/** An error code of CloudTrail, and what its message must say to be a refusal; null when that does not matter. */
export type CloudTrailCode = { readonly name: string; readonly message: string | null };

const OFFLINE = { managementAccount: null, responderRole: null };

/**
 * CloudTrail's error codes, as its SDK lists them, by the case that a call refused with them belongs to.
 */
export async function cloudTrailCodes(): Promise<Map<CaseId, CloudTrailCode[]>> {
  const names = Object.keys(await import('@aws-sdk/client-cloudtrail')).filter((name) => name.endsWith('Exception'));
  const codes = new Map<CaseId, CloudTrailCode[]>();
  for (const name of names.sort()) {
    const message = MESSAGES.find((text) => caseOf(name, text) !== 'not-covered');
    if (message !== undefined) {
      const id = caseOf(name, message);
      codes.set(id, [...(codes.get(id) ?? []), { name, message }]);
    }
  }
  return codes;
}

function caseOf(errorCode: string, errorMessage: string | null): CaseId {
  const userIdentity = { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/mateo', accountId: '111122223333' };
  const call = { eventSource: 'cloudtrail.amazonaws.com', eventName: 'CreateTrail', awsRegion: 'eu-west-1' };
  const record = { eventVersion: '1.11', ...call, userIdentity, errorCode, errorMessage, eventID: 'e-1' };
  return classify(parseEvent(record), OFFLINE).case;
}
