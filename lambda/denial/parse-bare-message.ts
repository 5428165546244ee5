import { isRead, serviceOf } from './actions';
import { callerFromMessage, partitionOfCaller } from './caller';
import { codeOfMessage } from './error-codes';
import type { ParsedEvent } from './parse-event';
import { parseMessage } from './parse-message';
import { completeResource } from './resource';

/** Whether a text without a record around it speaks of a refusal at all. */
export function looksLikeRefusal(text: string): boolean {
  return /denied|not authorized|unauthorized|not allowed/i.test(text) || codeOfMessage(text) !== null;
}

/** Reads a bare error message, as a person pastes it. A text that speaks of no refusal is no denial. */
export function parseBareMessage(message: string): ParsedEvent {
  if (!looksLikeRefusal(message)) {
    return { kind: 'no-denial', eventId: null, reason: 'the text is no refusal that Trailmend understands' };
  }
  const { principal, action, resource, ...reason } = parseMessage(message);
  const errorCode = action === null ? codeOfMessage(message) : null;
  const caller = callerFromMessage(principal);
  const place = { partition: partitionOfCaller(caller, null), region: null, account: caller.account };
  return {
    kind: 'denial',
    denial: {
      eventId: null,
      recordId: null,
      time: null,
      ...place,
      trusted: true,
      service: action === null ? errorCode && 'cloudtrail' : serviceOf(action),
      operation: null,
      readOnly: isRead(action?.split(':')[1] ?? ''),
      errorCode,
      message,
      action,
      resource: resource === null ? null : completeResource(resource, action, place),
      reason,
      caller,
      parameters: null,
    },
  };
}
