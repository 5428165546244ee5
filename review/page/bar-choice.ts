import type { Bucket } from './buckets';
import { focusOnly } from './keyboard';
import type { Page } from './page';
import type { Filters } from './selection';

/** Lets bars be chosen: by pressing, by dragging over several, and with arrows, Enter and Shift. */
export function letBarsBeChosen(svg: SVGSVGElement, buckets: readonly Bucket[], { view, change }: Page): void {
  const { filters } = view;
  const barAt = (event: Event) => {
    const bar = event.target instanceof Element ? event.target.closest('[data-at]') : null;
    return bar === null ? null : Number(bar.getAttribute('data-at'));
  };
  const choose = (one: number, other: number) => {
    const from = buckets[Math.min(one, other)]?.from ?? 0;
    const to = buckets[Math.max(one, other)]?.to ?? 0;
    const isSame = filters.span?.from === from && filters.span.to === to;
    change({ filters: { ...filters, span: isSame ? null : { from, to } } });
  };
  let began: number | null = null;
  svg.addEventListener('pointerdown', (event) => {
    began = barAt(event);
  });
  svg.addEventListener('pointerup', (event) => {
    const ended = barAt(event);
    if (began !== null && ended !== null) {
      choose(began, ended);
    }
    began = null;
  });
  svg.addEventListener('keydown', (event) => {
    const at = barAt(event);
    if (at !== null) {
      onKey(event, at, svg, filters, buckets, choose);
    }
  });
}

function onKey(
  event: KeyboardEvent,
  at: number,
  svg: SVGSVGElement,
  { span }: Filters,
  buckets: readonly Bucket[],
  choose: (one: number, other: number) => void,
): void {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: buckets.length - 1,
  };
  const next = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
  if (next !== undefined) {
    event.preventDefault();
    const bars = Array.from(svg.querySelectorAll<SVGElement>('[data-at]'));
    focusOnly(bars[next], bars);
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    const start = event.shiftKey && span !== null ? buckets.findIndex(({ from }) => from === span.from) : at;
    choose(Math.max(0, start), at);
  }
}
