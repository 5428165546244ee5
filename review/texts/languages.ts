import type { Locale } from '../../lambda/texts/languages';
import { en } from './en';
import { ja } from './ja';
import type { PageTexts } from './page-texts';

/** The review page's own texts, for every language that notices have. */
export const PAGE_LANGUAGES: Readonly<Record<Locale, PageTexts>> = { en, ja };
