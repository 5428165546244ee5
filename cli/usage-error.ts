/** A mistake of the person at the keyboard: shown as one line without a stack, exit code 2. */
export class UsageError extends Error {}
