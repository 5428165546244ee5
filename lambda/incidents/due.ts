/** Name of the index that lists what is due, by time. */
export const DUE_INDEX = 'due';

/** The one partition of {@link DUE_INDEX}: incidents and notices that wait are few, whatever the number of events. */
export const DUE_PARTITION = 'due';
