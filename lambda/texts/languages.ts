import { en } from './en';
import { ja } from './ja';
import type { Texts } from './texts';

/** The languages that notices and the command line speak, by their locale. */
export const LANGUAGES = { en, ja } as const satisfies Readonly<Record<string, Texts>>;

/** A locale of {@link LANGUAGES}. */
export type Locale = keyof typeof LANGUAGES;

/** Whether `text` is a locale of {@link LANGUAGES}. */
export function isLocale(text: string): text is Locale {
  return Object.hasOwn(LANGUAGES, text);
}
