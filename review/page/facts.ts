import type { Line } from '../../lambda/notice/layout';
import { blocksOf } from './blocks';
import { copyButton } from './copy';
import { type Child, element } from './element';
import type { Page } from './page';

/** A list of facts, each with its label. */
export function facts(...rows: readonly Node[][]): Node {
  return element('dl', { class: 'facts' }, ...rows.map((row) => element('div', {}, ...row)));
}

/** One fact of text. */
export function textFact(label: string, contents: readonly Child[]): Node[] {
  return [element('dt', {}, label), element('dd', {}, ...contents)];
}

/** The lines of a notice as facts; what is to be copied has a button. The next step stands out. */
export function lineFacts(lines: readonly Line[], page: Page): Node {
  const { nextStep } = page.texts.labels;
  const rows = lines.map((line) => {
    const blocks = blocksOf(line).map(({ kind, text }) =>
      kind === 'code' ? codeBlock(text, page) : element('p', {}, element('bdi', {}, text)),
    );
    return element('div', { class: line.label === nextStep ? 'next' : null }, ...textFact(line.label, blocks));
  });
  return element('dl', { class: 'facts' }, ...rows);
}

/** Text to be copied as it stands. */
export function codeBlock(text: string, page: Page): Node {
  const code = element('code', { translate: 'no', dir: 'ltr' }, text);
  return element(
    'div',
    { class: 'code' },
    element('pre', { tabindex: 0 }, code),
    copyButton(text, page.words.controls.copy, page, code),
  );
}

/** A part of an incident, under its title. */
export function section(title: string, name: string, ...children: readonly (Node | null)[]): Node {
  return element('section', { class: name }, element('h3', {}, title), ...children);
}
