const promises = new WeakMap<AbortSignal, Promise<undefined>>();

/** Is fulfilled when the signal is aborted, at once when it has been; one promise for each signal. */
export function whenAborted(signal: AbortSignal): Promise<undefined> {
  const promise =
    promises.get(signal) ??
    new Promise<undefined>((resolve) => {
      if (signal.aborted) {
        resolve(undefined);
      }
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
  promises.set(signal, promise);
  return promise;
}
