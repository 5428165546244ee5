/** An error as a service words it on the wire. The SDK adds `Exception` to some of the codes. */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}
