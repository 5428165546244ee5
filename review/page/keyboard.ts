/** What the keys of the page do. */
export type Keys = {
  search(): void;
  close(): void;
  /** Goes on to the neighbour of what is opened or has the focus. */
  move(by: 1 | -1): void;
};

/** Listens to the keys of the page. In a field they stay letters, and with Ctrl and its like they are the browser's. */
export function listenToKeys(keys: Keys): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    const isInField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (isInField || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const isInRow = target instanceof Element && target.matches('.row');
    const act = actOf(event.key, isInRow, keys);
    if (act !== null) {
      event.preventDefault();
      act();
    }
  });
}

function actOf(key: string, isInRow: boolean, keys: Keys): (() => void) | null {
  switch (key) {
    case '/':
      return keys.search;
    case 'Escape':
      return keys.close;
    case 'j':
      return () => keys.move(1);
    case 'k':
      return () => keys.move(-1);
    case 'ArrowDown':
      return isInRow ? () => keys.move(1) : null;
    case 'ArrowUp':
      return isInRow ? () => keys.move(-1) : null;
    default:
      return null;
  }
}

/** Moves the focus to the neighbour of the focused row; to the first row when none has it. */
export function focusNeighbour(list: Element, by: 1 | -1): void {
  const rows = Array.from(list.querySelectorAll<HTMLElement>('.row'));
  const at = rows.indexOf(document.activeElement as HTMLElement);
  focusOnly(rows[at === -1 ? 0 : at + by], rows);
}

/** Moves the focus to the row of an incident; to the list when the incident is not in it. */
export function focusRow(list: HTMLElement, key: string): void {
  const rows = Array.from(list.querySelectorAll<HTMLElement>('.row'));
  const row = rows.find(({ dataset }) => dataset.key === key);
  focusOnly(row, rows);
  if (row === undefined) {
    list.focus();
  }
}

/** Focuses one of `all`, which becomes the one that Tab leads to; nothing when there is none. */
export function focusOnly(one: HTMLElement | SVGElement | undefined, all: readonly (HTMLElement | SVGElement)[]): void {
  if (one === undefined) {
    return;
  }
  for (const each of all) {
    each.tabIndex = each === one ? 0 : -1;
  }
  one.focus();
}
