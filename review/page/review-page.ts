import { LANGUAGES, type Locale } from '../../lambda/texts/languages';
import type { ReviewData } from '../review-data';
import { PAGE_LANGUAGES } from '../texts/languages';
import { Address } from './address';
import { Drawing } from './drawing';
import { type Entry, entriesOf } from './entry';
import { ROWS } from './incident-list';
import { focusNeighbour, focusRow, listenToKeys } from './keyboard';
import { neighboursOf, ordered } from './order';
import type { Page } from './page';
import { type Search, searchOf } from './search';
import { select } from './selection';
import { hashOf, type View, viewOf } from './view';

/** Most incidents that are printed: some twenty sheets. */
const PRINTED = 500;

/** The page: shows a view of the data, and follows what the reader does. */
export class ReviewPage {
  private readonly entries: readonly Entry[];
  private readonly search: Search;
  private readonly address: Address;
  private readonly drawing: Drawing;
  private page: Page;
  /** How many incidents are listed. */
  private rows = ROWS;

  /** @param opensIn the language in which the page opens, unless its address names another */
  constructor(
    private readonly data: ReviewData,
    private readonly opensIn: Locale,
    body: HTMLElement,
  ) {
    this.entries = entriesOf(data);
    this.search = searchOf(data.accountNames);
    this.address = new Address((hash) => this.show(viewOf(hash, opensIn)));
    this.page = this.pageOf(viewOf(location.hash, opensIn), null);
    this.drawing = new Drawing(
      body,
      (query) => this.change({ filters: { ...this.page.view.filters, query } }),
      (by) => this.list(this.rows + by),
    );
  }

  /** Draws the page and begins to listen. */
  open(): void {
    this.drawing.draw(this.page, null, this.rows);
    this.drawing.follow(() => this.page);
    listenToKeys({
      search: () => this.drawing.field.select(),
      close: () => this.page.view.incident !== null && this.change({ incident: null }),
      move: (by) => this.move(by),
    });
    this.printWhole();
  }

  private change(change: Partial<View>): void {
    this.show({ ...this.page.view, ...change });
    this.address.write(hashOf(this.page.view, this.opensIn), 'incident' in change ? 'push' : 'replace');
  }

  private show(view: View): void {
    const before = this.page;
    this.page = this.pageOf(view, before);
    this.rows = this.page.selection === before.selection ? this.rows : ROWS;
    this.drawing.draw(this.page, before, this.rows);
    this.focus(before.view.incident);
  }

  /** What was opened has the focus, and what was closed gives it back to its row. */
  private focus(before: string | null): void {
    const { incident } = this.page.view;
    const { frame } = this.drawing;
    if (incident !== null && incident !== before) {
      this.drawing.bringUp();
      frame.detail.querySelector<HTMLElement>('#detail-title')?.focus({ preventScroll: true });
    } else if (incident === null && before !== null) {
      focusRow(frame.list, before);
    }
  }

  private pageOf(view: View, before: Page | null): Page {
    const isSame = before?.view.filters === view.filters && before.view.order === view.order;
    return {
      data: this.data,
      entries: this.entries,
      view,
      selection: isSame && before ? before.selection : this.selectionOf(view),
      texts: LANGUAGES[view.locale],
      words: PAGE_LANGUAGES[view.locale],
      change: (change) => this.change(change),
      move: (by) => this.move(by),
      addressOf: (change) => hashOf({ ...view, ...change }, this.opensIn),
      say: (text) => {
        this.drawing.frame.said.textContent = text;
      },
    };
  }

  private selectionOf({ filters, order }: View): Page['selection'] {
    const selection = select(this.entries, filters, this.search(filters.query));
    return { ...selection, entries: ordered(selection.entries, order) };
  }

  /** Lists so many of the incidents. */
  private list(rows: number): void {
    this.rows = rows;
    this.drawing.draw(this.page, this.page, rows);
  }

  private move(by: 1 | -1): void {
    const { view, selection } = this.page;
    if (view.incident === null) {
      focusNeighbour(this.drawing.frame.list, by);
      return;
    }
    const { previous, next } = neighboursOf(view.incident, selection.entries);
    const to = by === 1 ? next : previous;
    if (to !== null) {
      this.change({ incident: to });
    }
  }

  /** On paper stand all incidents that the filters leave, as far as sheets go, and everything about the opened one. */
  private printWhole(): void {
    let rows = this.rows;
    window.addEventListener('beforeprint', () => {
      rows = this.rows;
      this.list(Math.max(rows, PRINTED));
      for (const details of this.drawing.frame.detail.querySelectorAll<HTMLDetailsElement>('.audit details')) {
        details.open = true;
      }
    });
    window.addEventListener('afterprint', () => this.list(rows));
  }
}
