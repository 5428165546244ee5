import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledAssets } from '../review/page-assets';

/** Writes the review page's script and styles beside the packaged command, which reads them there. */
async function buildPage(): Promise<void> {
  const folder = join(__dirname, '..', 'dist');
  const { script, style } = await bundledAssets();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'page.js'), script);
  writeFileSync(join(folder, 'page.css'), style);
}

buildPage();
