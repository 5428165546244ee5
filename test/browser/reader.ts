import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { renderPage } from '../../review/render-page';
import type { ReviewData } from '../../review/review-data';
import { chromiumPath } from '../support/chromium';

/** A page that somebody reads, and what went wrong meanwhile. */
export type Reading = {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, and requests for anything but the file itself. */
  readonly complaints: string[];
};

/** How a page is opened. */
export type Opening = BrowserContextOptions & {
  readonly locale?: 'en' | 'ja';
  /** What stands in the address behind `#`. */
  readonly hash?: string;
  /** Runs in the page before its own script. */
  readonly before?: () => void;
};

/** A browser in which review pages are read as people do: from a file, without a network. */
export class Reader {
  private readonly folder = mkdtempSync(join(tmpdir(), 'trailmend-page-'));
  private readonly browser: Promise<Browser>;
  private files = 0;

  constructor() {
    // Chromium as root, as in a container, runs only without its own sandbox.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    this.browser = chromium.launch({ executablePath: chromiumPath(), args });
  }

  /** Writes `data` as a page and opens it. */
  async open(data: ReviewData, { locale = 'en', hash = '', before, ...options }: Opening = {}): Promise<Reading> {
    this.files += 1;
    const file = join(this.folder, `review-${this.files}.html`);
    writeFileSync(file, await renderPage(data, locale));
    const context = await (await this.browser).newContext({ viewport: { width: 1280, height: 900 }, ...options });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await context.setOffline(true);
    const page = await context.newPage();
    if (before) {
      await page.addInitScript(before);
    }
    const complaints = complaintsOf(page);
    await page.goto(`${pathToFileURL(file)}${hash}`);
    return { page, complaints };
  }

  /** Closes the browser and removes what was written. */
  async close(): Promise<void> {
    await (await this.browser).close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.isNavigationRequest() && !request.url().startsWith('data:')) {
      complaints.push(`asked for ${request.url()}`);
    }
  });
  return complaints;
}
