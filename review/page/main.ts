import { isLocale } from '../../lambda/texts/languages';
import type { ReviewData } from '../review-data';
import { ReviewPage } from './review-page';
import { restoreTheme } from './theme';

restoreTheme();
const { lang } = document.documentElement;
const data = JSON.parse(document.getElementById('review-data')?.textContent ?? '') as ReviewData;
new ReviewPage(data, isLocale(lang) ? lang : 'en', document.body).open();
