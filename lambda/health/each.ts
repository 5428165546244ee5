/** How many Regions, accounts or checks are looked at at once. AWS throttles most of these reads at 10 a second or more. */
const AT_ONCE = 8;

/** Does something with each, a few at a time, and answers the results in order. The first failure is thrown. */
export async function each<T, R>(all: readonly T[], work: (one: T) => Promise<R>, atOnce = AT_ONCE): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < all.length) {
      const at = next;
      next += 1;
      results[at] = await work(all[at] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  return results;
}
