import { createHash } from 'node:crypto';
import { pageAssets } from './page-assets';
import type { ReviewData } from './review-data';
import { PAGE_LANGUAGES } from './texts/languages';

/** The page's icon: a trail with a beat in it. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 12h4l2-8 2 8h4' fill='none' stroke='%23127a5b' stroke-width='2' stroke-linejoin='round'/%3E%3C/svg%3E";

/**
 * Renders what people review as one HTML file. It carries its script, styles and data, asks nothing of any network, and may
 * run nothing but its own script: texts of `data` reach the page as text only.
 * @param locale the language in which it opens; it has the others as well
 */
export async function renderPage(data: ReviewData, locale: keyof typeof PAGE_LANGUAGES): Promise<string> {
  const { script, style } = await pageAssets();
  const words = PAGE_LANGUAGES[locale];
  return `<!doctype html>
<html lang="${locale}" data-theme="auto">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Trailmend">
<title>${words.title}</title>
<link rel="icon" href="${ICON}">
<style>${style}</style>
</head>
<body>
<noscript><p>${words.needsScript}</p></noscript>
<script type="application/json" id="review-data">${embedded(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/**
 * What the page may do: run this script, use these styles, show its own icon. Nothing can be fetched, sent or framed, and no
 * text can become markup.
 * @see https://www.w3.org/TR/CSP3/
 */
function policyOf(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** `data` as JSON that cannot end the element it stands in, nor begin a comment or another element there. */
function embedded(data: ReviewData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
