import type { Caller } from './caller';
import type { JsonObject } from './json';
import type { Reason } from './parse-message';

/** One refused call, normalised. Absent values are null. Texts may be hostile: neutralise them before showing. */
export type Denial = {
  /**
   * CloudTrail's `sharedEventID`, else `originalEventID` of an updated record, else `eventID`, else the envelope's `id`: equal
   * for all records of one call.
   */
  readonly eventId: string | null;
  /** CloudTrail's `eventID` of this very copy, by which it is looked up. */
  readonly recordId: string | null;
  /** When the call was made, ISO 8601. */
  readonly time: string | null;
  /** Account that received the event. */
  readonly account: string | null;
  readonly region: string | null;
  readonly partition: string;
  /** False when the envelope, which EventBridge writes, names another account than the record. */
  readonly trusted: boolean;
  /** Service without its domain, such as `cloudtrail`. */
  readonly service: string | null;
  /** API operation: the record's `eventName`. Often not the IAM action. */
  readonly operation: string | null;
  readonly readOnly: boolean;
  readonly errorCode: string | null;
  readonly message: string | null;
  /** IAM action that was refused: the message's, else from service and operation. */
  readonly action: string | null;
  /** What the action was refused on: a full ARN where it can be completed, else as AWS named it. */
  readonly resource: string | null;
  readonly reason: Reason;
  readonly caller: Caller;
  /** The call's `requestParameters`; mostly null in real denials. */
  readonly parameters: JsonObject | null;
};
