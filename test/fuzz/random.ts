/** Numbers that look random and are the same for the same seed. */
export type Random = {
  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number;
  /** One of `list`. */
  pick<Item>(list: readonly Item[]): Item;
  /** True once in `times`. */
  once(times: number): boolean;
};

/** The numbers of run `index` under `seed`, so that one run can be repeated alone (mulberry32). */
export function randomOf(seed: number, index: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
  return {
    below,
    pick: <Item>(list: readonly Item[]) => list[below(list.length)] as Item,
    once: (times) => below(times) === 0,
  };
}
