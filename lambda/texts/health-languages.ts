import { healthEn } from './health-en';
import { healthJa } from './health-ja';
import type { HealthTexts } from './health-texts';
import type { Locale } from './languages';

/** The sentences about health; apart from those of the responder, which needs none of them. A language that lacks them does not compile. */
export const HEALTH_LANGUAGES = { en: healthEn, ja: healthJa } as const satisfies Readonly<Record<Locale, HealthTexts>>;
