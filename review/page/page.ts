import type { Texts } from '../../lambda/texts/texts';
import type { ReviewData } from '../review-data';
import type { PageTexts } from '../texts/page-texts';
import type { Entry } from './entry';
import type { Selection } from './selection';
import type { View } from './view';

/** What every part of the page draws from. */
export type Page = {
  readonly data: ReviewData;
  readonly entries: readonly Entry[];
  readonly view: View;
  readonly selection: Selection;
  /** Texts of the notices, and of the page alone, in the language shown. */
  readonly texts: Texts;
  readonly words: PageTexts;
  /** Shows another view. */
  change(change: Partial<View>): void;
  /** Opens the neighbour of the opened incident; with none opened, moves the focus along the list. */
  move(by: 1 | -1): void;
  /** Address of a view that differs from the shown one by `change`. */
  addressOf(change: Partial<View>): string;
  /** Says something to those who listen instead of looking. */
  say(text: string): void;
};
