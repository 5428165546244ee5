import { arrivalOf, arrived } from '../arrival';
import { type Answer, answer, type Fact, NotChecked } from '../fact';
import { deploymentOf, type Look } from '../look';
import { HISTORY_MINUTES, recordOf } from '../records';
import type { RefusedCall } from '../refusal';
import { refusedRead, refusedWrite } from '../refused-calls';

const SHARED = {
  changes: 'Role `trailmend-live-check-powerless` without rights',
  undo: 'The role is deleted at the end.',
  minutes: HISTORY_MINUTES + 4,
} as const;
const ASK = "cloudtrail:LookupEvents. Management account: dynamodb:Query and GetItem on Trailmend's table";

/** Refused calls in the member account, and whether they come to Trailmend. */
export const forwardedFacts: readonly Fact[] = [
  {
    ...SHARED,
    id: 'read-both-rules',
    stage: 'role-missing',
    question: 'Does a refused read pass both rules, on the default bus and on the hub bus?',
    expected: 'A refused `GetTrailStatus` in the member account reaches Trailmend.',
    calls: `Member account: cloudtrail:GetTrailStatus (refused), ${ASK}`,
    run: async (look) => followed(look, await refusedRead(look, look.member, look.region)),
  },
  {
    ...SHARED,
    id: 'one-hop',
    stage: 'role-missing',
    question: 'Is another account and another Region at once a single hop?',
    expected:
      'A refused `StopLogging` in another Region of the member account reaches Trailmend, with the account and Region of the member.',
    calls: `Member account, a second Region: cloudtrail:StopLogging (refused), ${ASK}`,
    run: async (look) => followed(look, await refusedWrite(look, look.member, otherRegion(look))),
  },
  {
    ...SHARED,
    id: 'organization-trail',
    stage: 'organization-trail',
    question: 'Does an organization trail alone make EventBridge deliver in a member account?',
    expected: 'A refused `StopLogging` in the member account, which has no trail of its own, reaches Trailmend.',
    calls: `Member account: cloudtrail:StopLogging (refused), ${ASK}`,
    run: async (look) => followed(look, await refusedWrite(look, look.member, look.region)),
  },
];

async function followed(look: Look, call: RefusedCall): Promise<Answer> {
  deploymentOf(look);
  const record = await recordOf(look, call);
  const arrival = await arrivalOf(look, record);
  const isExpected = arrival?.account === call.as.account && arrival.region === call.region;
  const parameters = record.requestParameters === null ? 'null' : 'present';
  return answer(isExpected, `${call.name}, requestParameters ${parameters}; ${arrived(arrival)}`);
}

function otherRegion(look: Look): string {
  const other = deploymentOf(look).regions.find((region) => region !== look.region);
  if (other === undefined) {
    throw new NotChecked('the deployment has one Region only: give it `regions`');
  }
  return other;
}
