/** Keeps the newest of many, whatever order they come in, in memory for twice as many as it keeps. */
export class Newest<T extends { readonly time: string }> {
  #kept: T[] = [];
  #seen = 0;

  /** @param limit how many it keeps */
  constructor(private readonly limit: number) {}

  /** How many there were. */
  get seen(): number {
    return this.#seen;
  }

  add(one: T): void {
    this.#seen += 1;
    this.#kept.push(one);
    if (this.#kept.length >= 2 * this.limit + 1) {
      this.#kept = this.list();
    }
  }

  /** Those that are kept, newest first. */
  list(): T[] {
    return [...this.#kept].sort(newestFirst).slice(0, this.limit);
  }
}

function newestFirst(one: { readonly time: string }, other: { readonly time: string }): number {
  return one.time < other.time ? 1 : one.time > other.time ? -1 : 0;
}
