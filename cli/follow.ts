import type { Selection } from '../review/selection';
import type { View } from './log-views';
import type { Pause } from './pause';

/** How long a reading rests before the next. */
const REST_MS = 5_000;

/** Prints what is there, then whatever is new, newest last, every five seconds until the person ends it. */
export async function follow<T>(view: View<T>, selection: Selection, pause: Pause): Promise<void> {
  let seen = new Set<string>();
  let since = selection.since;
  let isFirst = true;
  do {
    const began = Date.now();
    const all = await view.read({ ...selection, since });
    view.print(all.filter((one) => !seen.has(view.newsOf(one))).reverse(), isFirst);
    seen = new Set(all.map(view.newsOf));
    since = Math.max(selection.since ?? 0, began - view.reach);
    isFirst = false;
  } while (await pause(REST_MS));
}
