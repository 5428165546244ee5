import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { renderPage } from '../review/render-page';
import { chromiumPath } from '../test/support/chromium';

const PROJECT = join(__dirname, '..');

/** Where the pictures of the documentation are. */
const IMAGES = join(PROJECT, 'docs', 'images');

/** Heavier pictures make the repository slow to fetch. */
const MOST_BYTES = 300_000;

type Picture = {
  readonly name: string;
  readonly view: BrowserContextOptions;
  /** What stands in the address behind `#`. */
  readonly hash?: string;
  /** Whether the first incident that offers a fix is opened. */
  readonly opened?: boolean;
};

const DESK = { viewport: { width: 1280, height: 860 } };
const PHONE = { viewport: { width: 390, height: 844 } };

const PICTURES: readonly Picture[] = [
  { name: 'review-1280', view: DESK },
  { name: 'review-incident-1280', view: DESK, opened: true },
  { name: 'review-dark-ja-1280', view: { ...DESK, colorScheme: 'dark' }, hash: '#lang=ja' },
  { name: 'review-390', view: PHONE },
  { name: 'review-incident-390', view: PHONE, opened: true },
];

/**
 * Takes the pictures of the review page that the documentation shows. Given a page (`.html`) or its data (`.json`), of that;
 * else of what happens in the sandbox, as `npm start` shows it.
 */
async function takeScreenshots(file: string | undefined): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'trailmend-screenshots-'));
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  try {
    const page = await pageOf(file, folder);
    mkdirSync(IMAGES, { recursive: true });
    for (const picture of PICTURES) {
      await take(picture, page, browser);
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

async function pageOf(file: string | undefined, folder: string): Promise<string> {
  if (file?.endsWith('.html')) {
    return resolve(file);
  }
  const path = join(folder, 'review.html');
  if (file === undefined) {
    const sandbox = join(PROJECT, 'sandbox', 'main.ts');
    execFileSync(process.execPath, ['--import', 'tsx', sandbox, '--review', path], { stdio: 'pipe', cwd: PROJECT });
  } else {
    writeFileSync(path, await renderPage(JSON.parse(readFileSync(file, 'utf8')), 'en'));
  }
  return path;
}

async function take({ name, view, hash = '', opened }: Picture, file: string, browser: Browser): Promise<void> {
  const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce', ...view });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file) + hash);
  if (opened) {
    // PassRole is what people ask about most: its incident shows every form of a fix.
    const rows = page.locator('.row');
    const passRole = rows.filter({ hasText: 'PassRole' });
    await ((await passRole.count()) > 0 ? passRole : rows).first().click();
  }
  const path = join(IMAGES, `${name}.png`);
  await page.screenshot({ path });
  await context.close();
  const { size } = statSync(path);
  process.stdout.write(`${path} ${Math.round(size / 1000)} kB\n`);
  if (size > MOST_BYTES) {
    throw new Error(`${path} has ${size} bytes, more than ${MOST_BYTES}: show less in it.`);
  }
}

takeScreenshots(process.argv[2]);
