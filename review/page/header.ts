import { minuteOf } from '../../lambda/notice/describe-incident';
import { isLocale } from '../../lambda/texts/languages';
import { shown } from '../../lambda/texts/untrusted';
import { PAGE_LANGUAGES } from '../texts/languages';
import { element } from './element';
import type { Page } from './page';
import { isTheme, THEMES, themeNow, useTheme } from './theme';

/** The head of the page: what it is, where its data come from, and its switches. */
export function header(page: Page): Node[] {
  const { data, view, words, change } = page;
  const { controls } = words;
  const languages = Object.entries(PAGE_LANGUAGES).map(([locale, { language }]) => ({
    value: locale,
    label: language,
  }));
  const themes = THEMES.map((theme) => ({ value: theme, label: controls.themes[theme] }));
  return [
    element(
      'div',
      { class: 'masthead' },
      element('h1', {}, words.title),
      element('p', { class: 'source' }, words.source(shown(data.source), minuteOf(data.generatedAt))),
    ),
    element(
      'div',
      { class: 'switches' },
      choice(controls.language, languages, view.locale, (locale) => isLocale(locale) && change({ locale })),
      choice(controls.theme, themes, themeNow(), (theme) => isTheme(theme) && useTheme(theme)),
      element('button', { type: 'button', class: 'print', onclick: () => window.print() }, controls.print),
    ),
  ];
}

/** A labelled list of which one is chosen. */
export function choice(
  label: string,
  options: readonly { readonly value: string; readonly label: string }[],
  chosen: string,
  choose: (value: string) => void,
): HTMLElement {
  const onchange = ({ target }: Event) => target instanceof HTMLSelectElement && choose(target.value);
  const select = element(
    'select',
    { 'data-focus': label, onchange },
    ...options.map(({ value, label }) => element('option', { value, selected: value === chosen }, label)),
  );
  return element('label', { class: 'choice' }, element('span', {}, label), select);
}
