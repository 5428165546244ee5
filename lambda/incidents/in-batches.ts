/** How many of a sweep's steps run at once. */
const AT_ONCE = 10;

/** What became of many steps: the results in order, without those that failed, and why these did. */
export type Steps<R> = { readonly results: readonly R[]; readonly errors: readonly unknown[] };

/** Does something with each, ten at a time unless told otherwise. What fails for one does not keep the others from it. */
export async function inBatches<T, R>(
  all: readonly T[],
  work: (one: T) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<Steps<R>> {
  const results: R[] = [];
  const errors: unknown[] = [];
  for (let at = 0; at < all.length; at += atOnce) {
    for (const step of await Promise.allSettled(all.slice(at, at + atOnce).map(work))) {
      if (step.status === 'fulfilled') {
        results.push(step.value);
      } else {
        errors.push(step.reason);
      }
    }
  }
  return { results, errors };
}
