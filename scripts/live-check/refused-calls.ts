import { CloudTrailClient, GetTrailStatusCommand, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import type { Caller } from './aws';
import type { Look } from './look';
import { type RefusedCall, refusalOf } from './refusal';

/** A trail that does not exist. */
const ABSENT = 'trailmend-live-check-absent';

/** A read that is refused to a role without rights, in the account of `as`: the example of AWS's page on refused calls. */
export function refusedRead(look: Look, as: Caller, region: string): Promise<RefusedCall> {
  return refused(look, { as, region, eventName: 'GetTrailStatus' }, new GetTrailStatusCommand({ Name: ABSENT }));
}

/** A write that is refused to a role without rights, in the account of `as`. */
export function refusedWrite(look: Look, as: Caller, region: string): Promise<RefusedCall> {
  return refused(look, { as, region, eventName: 'StopLogging' }, new StopLoggingCommand({ Name: ABSENT }));
}

async function refused(
  { aws, now, powerless }: Look,
  call: Pick<RefusedCall, 'as' | 'region' | 'eventName'>,
  command: GetTrailStatusCommand | StopLoggingCommand,
): Promise<RefusedCall> {
  const client = aws.client(CloudTrailClient, await powerless(call.as), call.region);
  const at = now();
  // The client's send has a form per command, and none for either of two.
  const refusal = await refusalOf(client.send(command as GetTrailStatusCommand));
  return { ...refusal, ...call, at };
}
