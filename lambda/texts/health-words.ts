import { en } from './en';
import { HEALTH_LANGUAGES } from './health-languages';
import { healthNoticeEn } from './health-notice-en';
import { healthNoticeJa } from './health-notice-ja';
import type { HealthNoticeTexts } from './health-notice-texts';
import type { HealthTexts } from './health-texts';
import { ja } from './ja';
import type { Locale } from './languages';
import type { Texts } from './texts';

/** All words of a notice about health, in one language. */
export type HealthWords = {
  readonly notice: HealthNoticeTexts;
  /** What checks see, as the doctor says it. */
  readonly health: HealthTexts;
  /** Those of notices in general. */
  readonly base: Texts;
};

/** The words of notices about health, by their locale. */
export const HEALTH_WORDS = {
  en: { notice: healthNoticeEn, health: HEALTH_LANGUAGES.en, base: en },
  ja: { notice: healthNoticeJa, health: HEALTH_LANGUAGES.ja, base: ja },
} as const satisfies Readonly<Record<Locale, HealthWords>>;
