import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The page's script and styles, each as one text that may stand in an HTML file. */
export type PageAssets = { readonly script: string; readonly style: string };

let assets: Promise<PageAssets> | null = null;

/**
 * The page's script and styles. The packaged command has them beside it, as `npm run build` put them there; from source they
 * are bundled, once per process.
 */
export function pageAssets(): Promise<PageAssets> {
  assets ??= existsSync(join(__dirname, 'page.js')) ? packagedAssets(__dirname) : bundledAssets();
  return assets;
}

async function packagedAssets(folder: string): Promise<PageAssets> {
  const [script, style] = await Promise.all(
    ['page.js', 'page.css'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  return { script: script ?? '', style: style ?? '' };
}

/** Bundles the page from its source. */
export async function bundledAssets(): Promise<PageAssets> {
  const { build } = await import('esbuild').catch((cause) => {
    const what = `The review page's script is not in ${__dirname}, and esbuild, which would make it, is not installed.`;
    throw new Error(`${what} Run npm run build where Trailmend's source is.`, { cause });
  });
  const { outputFiles } = await build({
    entryPoints: [
      { in: join(__dirname, 'page', 'main.ts'), out: 'page' },
      { in: join(__dirname, 'page', 'styles', 'page.css'), out: 'page' },
    ],
    outdir: '.',
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    // Browsers of 2024, which know light-dark(), container queries and CSS nesting.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    legalComments: 'none',
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text.trimEnd() ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}
