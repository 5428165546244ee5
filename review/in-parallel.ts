/** Does something with each, `atOnce` at a time; results in order. The first failure is thrown, and no more are begun. */
export async function inParallel<T, R>(all: readonly T[], atOnce: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let isBroken = false;
  const worker = async () => {
    while (next < all.length && !isBroken) {
      const at = next;
      next += 1;
      results[at] = await work(all[at] as T).catch((error) => {
        isBroken = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  return results;
}
