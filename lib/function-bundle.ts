import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BuildOptions } from 'esbuild';

/** Every function, by the name of its entry in `lambda/`. */
export const FUNCTIONS = ['responder', 'probe'] as const;

/** Name of one of {@link FUNCTIONS}. */
export type FunctionName = (typeof FUNCTIONS)[number];

const ROOT = join(__dirname, '..');

/**
 * What the SDK would import only in cases that never come: credentials that are not in the environment, where Lambda puts
 * them, and streams of events, which no operation here has. As long as the bundle holds nothing that is imported late, all
 * its modules share one scope; else half of them would be wrapped in functions, which take 7 ms more to start.
 */
const NEVER_LOADED = [
  ...['http', 'ini', 'process', 'sso', 'web-identity'].map((way) => `@aws-sdk/credential-provider-${way}`),
  '@smithy/credential-provider-imds',
  '@smithy/core/event-streams',
];

/**
 * One CommonJS file: it starts 15 ms faster than a module on Node 22 and 24, and `module` before `main` halves it. Its
 * source map is read when there is an error to show, not at every start, as `--enable-source-maps` would.
 */
const BUNDLING = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // Older than the runtime, since the sandbox runs this very bundle on the Node of its user.
  target: 'node20',
  mainFields: ['module', 'main'],
  external: NEVER_LOADED,
  // Japanese stays Japanese, at half the size of its escapes.
  charset: 'utf8',
  // The SDK imports some of Node's modules late. A first import() starts Node's loader of ES modules; require() does not.
  supported: { 'dynamic-import': false },
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Writes the bundle of a function and its source map into `folder`: the same bytes wherever that is, so that nothing is
 * deployed anew for it.
 */
export function writeBundle(name: FunctionName, folder: string): void {
  // Loaded here, since who takes the bundles from the npm package has no esbuild.
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    ...BUNDLING,
    entryPoints: [join(ROOT, 'lambda', `${name}.ts`)],
    absWorkingDir: ROOT,
    outfile: join(ROOT, 'index.js'),
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) {
    writeFileSync(join(folder, basename(path)), contents);
  }
}
