/** A mistake of whoever runs the sandbox; its message is all they need to see. */
export class UsageError extends Error {}
