/** Name of the index that lists the events of an incident by arrival, so that counting reads only what is new. */
export const ARRIVALS_INDEX = 'arrivals';

/** What {@link ARRIVALS_INDEX} holds besides keys: what a count reads. None of it changes, so an event is written to it once. */
export const ARRIVAL_ATTRIBUTES = [
  'time',
  'severity',
  'suppressed',
  'action',
  'resource',
  'principal',
  'account',
  'expiresAt',
] as const;

/**
 * How long after its arrival an event is counted anew with every look, before it is counted for good. The index follows the
 * table, as a rule within a second; what it shows later than this is not counted.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export const FREEZE_MS = 10 * 60_000;
