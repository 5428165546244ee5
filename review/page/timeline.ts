import { minuteOf } from '../../lambda/notice/describe-incident';
import { letBarsBeChosen } from './bar-choice';
import { axisOf, type Bucket, bucketsOf, roundStep, type Scale, scaleOf } from './buckets';
import { drawn, element } from './element';
import type { Page } from './page';

/** Size of the drawing, in CSS pixels: its height, and the room for the axes. */
const HEIGHT = 132;
const AXIS = { left: 34, bottom: 20, top: 8, right: 6 };

/** Narrowest bar that a finger or a mouse meets, with its gap. */
const NARROWEST = 18;

const SEVERITIES = ['high', 'medium', 'low'] as const;
const DAY = 24 * 3_600_000;

/** A time as the page writes it: to the minute, in UTC. */
export function timeOf(ms: number): string {
  return minuteOf(new Date(ms).toISOString());
}

/** New incidents over time by severity, as bars that filter; `width` is the room for it, in CSS pixels. */
export function timeline(page: Page, width: number): Node[] {
  const { entries, selection, words } = page;
  const scale = scaleOf(entries, Math.max(6, Math.floor((width - AXIS.left - AXIS.right) / NARROWEST)));
  if (scale === null) {
    return [];
  }
  const caption = element('p', { class: 'caption', 'aria-hidden': 'true' }, words.timeline.hint);
  return [
    element(
      'div',
      { class: 'heading' },
      element('h2', { id: 'timeline-title' }, words.timeline.title),
      element(
        'p',
        { class: 'legend', 'aria-hidden': 'true' },
        ...SEVERITIES.map((severity) => element('span', { class: severity }, words.severities[severity])),
      ),
    ),
    chart(page, scale, bucketsOf(selection.ofAllTimes, scale), width, caption),
    caption,
  ];
}

type Plot = { x(bar: number): number; y(count: number): number; readonly bar: number };

function chart(page: Page, scale: Scale, buckets: readonly Bucket[], width: number, caption: HTMLElement): Node {
  const highest = Math.max(1, ...buckets.map(({ total }) => total));
  const ticks = axisOf(highest);
  const top = ticks.at(-1) ?? 1;
  const bar = (width - AXIS.left - AXIS.right) / scale.bars;
  const plot: Plot = {
    x: (at) => AXIS.left + at * bar,
    y: (count) => AXIS.top + (1 - count / top) * (HEIGHT - AXIS.top - AXIS.bottom),
    bar,
  };
  const svg = drawn('svg', {
    viewBox: `0 0 ${width} ${HEIGHT}`,
    width,
    height: HEIGHT,
    role: 'group',
    'aria-label': page.words.timeline.title,
  });
  svg.append(
    ...ticks.map((count) => gridLine(count, plot, width, page)),
    ...timeLabels(scale, plot),
    ...buckets.map((bucket, at) => barOf(bucket, at, plot, page, caption)),
  );
  letBarsBeChosen(svg, buckets, page);
  return svg;
}

function gridLine(count: number, { y }: Plot, width: number, { words }: Page): Node {
  return drawn(
    'g',
    { class: 'grid', 'aria-hidden': 'true' },
    drawn('line', { x1: AXIS.left, x2: width - AXIS.right, y1: y(count), y2: y(count) }),
    drawn('text', { x: AXIS.left - 6, y: y(count) + 4, 'text-anchor': 'end' }, words.number(count)),
  );
}

/** Times under the axis, as many as there is room for: days, or round hours where few days are drawn. */
function timeLabels({ from, step, bars }: Scale, { x, bar }: Plot): Node[] {
  const years = (time: number) => new Date(time).getUTCFullYear();
  const day = years(from) === years(from + bars * step) ? { from: 5, room: 50 } : { from: 0, room: 84 };
  const between = roundStep((step * day.room) / bar);
  const room = between >= DAY ? day.room : 96;
  const apart = between >= DAY ? between : roundStep((step * room) / bar);
  return Array.from({ length: bars }, (_, at) => ({ at, time: from + at * step }))
    .filter(({ at, time }) => time % apart < step && x(at) + room * 0.8 <= x(bars))
    .map(({ at, time }) => {
      const text = new Date(time).toISOString();
      const label = apart >= DAY ? text.slice(day.from, 10) : `${text.slice(5, 10)} ${text.slice(11, 16)}`;
      return drawn('text', { class: 'time', x: x(at), y: HEIGHT - 4, 'aria-hidden': 'true' }, label);
    });
}

function barOf(bucket: Bucket, at: number, { x, y, bar }: Plot, page: Page, caption: HTMLElement): Node {
  const { words, view } = page;
  const label = words.timeline.bar({ ...bucket, from: timeOf(bucket.from), to: timeOf(bucket.to) });
  const { span } = view.filters;
  const isChosen = span !== null && bucket.from >= span.from && bucket.to <= span.to;
  const tell = () => {
    caption.textContent = label;
  };
  let below = 0;
  const parts = SEVERITIES.map((severity) => {
    const [from, to] = [below, below + bucket.bySeverity[severity]];
    below = to;
    const gap = bar > 6 ? 2 : 1;
    return to === from
      ? null
      : drawn('rect', { class: severity, x: x(at) + gap / 2, y: y(to), width: bar - gap, height: y(from) - y(to) });
  });
  return drawn(
    'g',
    {
      class: `bar ${span === null ? '' : isChosen ? 'chosen' : 'faded'}`,
      role: 'button',
      tabindex: at === 0 ? 0 : -1,
      'data-at': at,
      'data-focus': `bar ${at}`,
      'aria-label': label,
      'aria-pressed': String(isChosen),
      onpointerenter: tell,
      onfocus: tell,
    },
    drawn('rect', { class: 'room', x: x(at), y: AXIS.top, width: bar, height: HEIGHT - AXIS.top - AXIS.bottom }),
    ...parts,
  );
}
