/** An event as EventBridge carries it. `detail` is a CloudTrail record where `detail-type` says so. */
export type Envelope = {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Whether this is a read-only management event, which a rule in state ENABLED never sees. */
export function isReadOnlyManagementEvent({ detail }: Envelope): boolean {
  return detail.readOnly === true && detail.managementEvent === true;
}

/** Whether CloudTrail made this event of something that it recorded. */
export function isRecord(envelope: Envelope): boolean {
  return envelope['detail-type'].endsWith(' via CloudTrail');
}

/** The id that CloudTrail gave the record: the one that copies share when there is one, or that of the record it updates; else the envelope's. */
export function recordIdOf({ id: envelopeId, detail }: Envelope): string {
  const id = detail.sharedEventID ?? Object(detail.addendum).originalEventID ?? detail.eventID;
  return typeof id === 'string' ? id : envelopeId;
}
