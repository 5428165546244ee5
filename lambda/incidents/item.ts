/** Version of the items of the table; raised when an attribute changes its meaning or goes away. */
export const ITEM_SCHEMA = 1;

/** Partition of everything about one incident. */
export function incidentPartition(key: string): string {
  return `incident#${key}`;
}

/** Epoch seconds, as time to live is counted. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
