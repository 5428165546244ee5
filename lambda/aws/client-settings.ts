/**
 * How every AWS client of the function is set up: bounded, so that the slowest record still fits the function's timeout.
 * Three attempts of at most 6 seconds each, with the SDK's own back-off between them.
 */
export const CLIENT_SETTINGS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;
