/**
 * How every AWS client of the function is set up: three attempts of at most 6 seconds each, with the SDK's own back-off
 * between them. One call that hangs fits the function's timeout; when several hang, the invocation ends there and its
 * messages are delivered again.
 */
export const CLIENT_SETTINGS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;

// The SDK asks of every answer whether it is a web stream. Node loads these when they are first named: now, not in the
// first event.
void globalThis.ReadableStream;
