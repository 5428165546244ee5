/**
 * Name of the index that turns the keys round: by sort key, then partition. It finds an event by its id alone, whatever
 * became of it, and lists every incident without reading the events. Eventually consistent, as every index is.
 */
export const LOOKUP_INDEX = 'lookup';

/** What {@link LOOKUP_INDEX} holds besides keys. Events have none of it, so they are written to it once. */
export const LOOKUP_ATTRIBUTES = ['lastSeen', 'dueAt'] as const;
