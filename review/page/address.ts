/** How long the address waits for the reader to stop typing, in ms: browsers refuse to write it too often. */
const PAUSE_MS = 250;

/** The address of the page, in which what it shows is kept. */
export class Address {
  private timer = 0;
  private waiting: (() => void) | null = null;

  /** @param follow is told what stands behind `#` when the reader goes back, forth, or follows a link */
  constructor(follow: (hash: string) => void) {
    window.addEventListener('popstate', () => {
      this.waiting = null;
      follow(location.hash);
    });
  }

  /** Writes what stands behind `#`: `push` so that Back leads to what stood there before, `replace` in its place. */
  write(hash: string, how: 'push' | 'replace'): void {
    const url = hash === '' ? location.pathname + location.search : `#${hash}`;
    clearTimeout(this.timer);
    if (how === 'push') {
      this.settle();
      history.pushState(null, '', url);
      return;
    }
    this.waiting = () => history.replaceState(null, '', url);
    this.timer = window.setTimeout(() => this.settle(), PAUSE_MS);
  }

  private settle(): void {
    this.waiting?.();
    this.waiting = null;
  }
}
