/** Why the past cannot be read at all, in one line that says what to do. */
export class ScanError extends Error {}
