import { redraw } from './element';
import { facets } from './facets';
import { type Frame, frameOf } from './frame';
import { header } from './header';
import { incidentDetail } from './incident-detail';
import { incidentList } from './incident-list';
import type { Page } from './page';
import { countOf } from './selection';
import { summary } from './summary';
import { timeline } from './timeline';
import { chips, orderChoice, searchField } from './toolbar';

/** Where the detail covers the page and the filters fold; `layout.css` has the same width. */
const NARROW = '(max-width: 1000px)';

/** Draws views into the places of the page; of each only what differs from the view before. */
export class Drawing {
  readonly frame: Frame;
  readonly field: HTMLInputElement;
  private readonly narrow = window.matchMedia(NARROW);
  /** Width for which the timeline was drawn. */
  private width = 0;

  constructor(
    body: HTMLElement,
    search: (query: string) => void,
    private readonly showMore: (by: number) => void,
  ) {
    this.frame = frameOf(body);
    this.field = searchField(search);
    this.frame.skip.addEventListener('click', () => this.frame.list.focus());
  }

  /** Draws again whenever the room changes. */
  follow(page: () => Page): void {
    this.fold();
    this.narrow.addEventListener('change', () => {
      this.fold();
      this.cover(page());
    });
    new ResizeObserver(() => {
      if (this.frame.timeline.clientWidth !== this.width) {
        this.drawTimeline(page());
      }
    }).observe(this.frame.timeline);
    new ResizeObserver(() => {
      document.body.style.setProperty('--tools', `${this.frame.search.offsetHeight}px`);
    }).observe(this.frame.search);
  }

  /** Draws `page`; `rows` of its incidents are listed. */
  draw(page: Page, before: Page | null, rows: number): void {
    const isOtherLanguage = before?.view.locale !== page.view.locale;
    const isOtherSelection = isOtherLanguage || before?.selection !== page.selection;
    if (isOtherLanguage) {
      this.drawHead(page);
    }
    if (isOtherSelection) {
      this.drawSelection(page);
    }
    this.drawList(page, rows);
    if (isOtherLanguage || before?.view.incident !== page.view.incident) {
      this.drawDetail(page);
    }
    this.cover(page);
  }

  /** Scrolls so far that list and detail fill the window. */
  bringUp(): void {
    const { search, detail } = this.frame;
    if (!this.narrow.matches && detail.getBoundingClientRect().top > window.innerHeight / 4) {
      window.scrollTo({ top: search.offsetTop });
    }
  }

  private drawHead(page: Page): void {
    const { words, view, data } = page;
    const { frame, field } = this;
    document.documentElement.lang = view.locale;
    document.title = words.title;
    field.placeholder = words.controls.searchHint;
    field.setAttribute('aria-label', words.controls.search);
    frame.skip.textContent = words.skipToIncidents;
    frame.listTitle.textContent = words.list.title;
    frame.footer.textContent = words.keys;
    redraw(frame.header, ...header(page));
    redraw(frame.tools, field, orderChoice(page));
    document.body.classList.toggle('empty', data.incidents.length === 0);
  }

  private drawSelection(page: Page): void {
    const { view, words, selection, entries } = page;
    const { frame, field } = this;
    if (field.value !== view.filters.query) {
      field.value = view.filters.query;
    }
    redraw(frame.summary, ...summary(page));
    redraw(frame.chips, ...chips(page));
    frame.status.textContent = words.list.found(selection.entries.length, entries.length);
    this.drawTimeline(page);
    this.drawFilters(page);
  }

  private drawTimeline(page: Page): void {
    this.width = this.frame.timeline.clientWidth;
    redraw(this.frame.timeline, ...timeline(page, this.width));
  }

  private drawFilters(page: Page): void {
    const count = countOf(page.view.filters);
    this.frame.filtersTitle.textContent = `${page.words.controls.filters}${count === 0 ? '' : ` (${count})`}`;
    redraw(this.frame.facets, ...facets(page, () => this.drawFilters(page)));
  }

  private drawList(page: Page, rows: number): void {
    redraw(this.frame.list, ...incidentList(page, page.selection.entries, rows, this.showMore));
  }

  private drawDetail(page: Page): void {
    const { incident } = page.view;
    const { detail } = this.frame;
    detail.hidden = incident === null;
    document.body.classList.toggle('opened', incident !== null);
    redraw(detail, ...(incident === null ? [] : incidentDetail(incident, page)));
    detail.scrollTo({ top: 0 });
  }

  /** Where there is little room the filters are folded. */
  private fold(): void {
    this.frame.filters.open = !this.narrow.matches;
  }

  /** What the detail covers cannot be reached. */
  private cover({ view }: Page): void {
    const { frame, narrow } = this;
    const covered = narrow.matches && view.incident !== null;
    for (const place of [
      frame.skip,
      frame.header,
      frame.summary,
      frame.timeline,
      frame.search,
      frame.filters,
      frame.found,
    ]) {
      place.inert = covered;
    }
  }
}
