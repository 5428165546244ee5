import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundledAssets } from '../../review/page-assets';
import { renderPage } from '../../review/render-page';
import type { ReviewData } from '../../review/review-data';
import { EMPTY_REVIEW, HOSTILE_NAMES, reviewFixture } from './review-fixture';

/** What stands between two texts of a page, once. */
function between(html: string, start: string, end: string): string {
  expect(html.split(start)).toHaveLength(2);
  const from = html.indexOf(start) + start.length;
  return html.slice(from, html.indexOf(end, from));
}

const DATA_BEGINS = '<script type="application/json" id="review-data">';

test.each([
  ['a review', reviewFixture()],
  ['a hostile review', reviewFixture({ count: 30, hostile: true })],
  ['an empty review', EMPTY_REVIEW],
])('carries %s, unchanged', async (_what, data) => {
  const html = await renderPage(data, 'en');

  expect(JSON.parse(between(html, DATA_BEGINS, '</script>'))).toEqual(data);
});

test('lets nothing run but its own script, and nothing style it but its own styles', async () => {
  const html = await renderPage(reviewFixture({ count: 3 }), 'en');

  const policy = between(html, '<meta http-equiv="Content-Security-Policy" content="', '">');
  const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hashOf(between(html, '<script>', '</script>'))}`,
    `style-src ${hashOf(between(html, '<style>', '</style>'))}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(html).not.toMatch(/\son\w+=|<link rel="(?!icon")|@import|url\(/);
});

test('data cannot end the element they stand in, nor open another', async () => {
  const [review] = reviewFixture({ count: 1 }).incidents;
  const names = [...HOSTILE_NAMES, '<!--<script>', ']]>', '</SCRIPT\n>', '\u2028', '\ud800'];
  const data = { ...EMPTY_REVIEW, source: names.join(' '), incidents: [{ ...review, actions: names }] } as ReviewData;

  const html = await renderPage(data, 'en');

  expect(html.match(/<\/?script/gi)).toHaveLength(4);
  expect(html).not.toContain('<!--');
  expect(JSON.parse(between(html, DATA_BEGINS, '</script>'))).toEqual(data);
});

test.each(['en', 'ja'] as const)('opens in the language asked for: %s', async (locale) => {
  const html = await renderPage(EMPTY_REVIEW, locale);

  expect(html).toContain(`<html lang="${locale}"`);
  expect(html).toContain(locale === 'en' ? 'Trailmend review' : 'Trailmend レビュー');
});

describe('packaged, where there is neither source nor esbuild', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailmend-packaged-'));
  const data = reviewFixture({ count: 2 });
  const render = () =>
    execFileSync(process.execPath, ['render.js'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(async () => {
    await build({
      stdin: {
        contents: `import { renderPage } from './review/render-page'; renderPage(${JSON.stringify(data)}, 'ja').then((html) => process.stdout.write(html));`,
        resolveDir: join(__dirname, '../..'),
      },
      bundle: true,
      platform: 'node',
      external: ['esbuild'],
      outfile: join(folder, 'render.js'),
      logLevel: 'error',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('says what is missing when the page was not built', () => {
    expect(render).toThrow('npm run build');
  });

  test('renders the same page from what the build put beside it', async () => {
    const { script, style } = await bundledAssets();
    writeFileSync(join(folder, 'page.js'), script);
    writeFileSync(join(folder, 'page.css'), style);

    expect(render()).toBe(await renderPage(data, 'ja'));
  });
});
