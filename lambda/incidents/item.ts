/** Version of the items of the table; raised when an attribute changes its meaning or goes away. */
export const ITEM_SCHEMA = 1;

/** Partition of everything about one incident. */
export function incidentPartition(key: string): string {
  return `incident#${key}`;
}

/** Partition of the events of one day, `YYYY-MM-DD`, that asked for nothing. */
export function ignoredPartition(day: string): string {
  return `ignored#${day}`;
}

/** How the sort keys of events begin. */
export const EVENTS = 'event#';

/** Sort key of an event. DynamoDB takes 1,024 bytes; ids of events are 36, and whatever else comes is cut. */
export function eventSortKey(id: string): string {
  return `${EVENTS}${id.length <= 200 ? id : id.slice(0, 200)}`;
}

/** Epoch seconds, as time to live is counted. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
