import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { build } from 'esbuild';
import { createFunction, FUNCTIONS } from '../lib/bundled-function';

const ROOT = join(__dirname, '..');

/** What a CDK app that uses the package brings along, or npm installs with it. */
const NOT_BUNDLED = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'zod'];

/** Writes what other CDK apps take from the npm package: the constructs as one file, and every function's bundle. */
async function buildPackage(): Promise<void> {
  await build({
    entryPoints: [join(ROOT, 'lib', 'index.ts')],
    outfile: join(ROOT, 'dist', 'lib', 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: NOT_BUNDLED,
    logLevel: 'warning',
  });
  for (const name of FUNCTIONS) {
    bundle(name);
  }
}

/** The bundle is the asset that the CDK makes of the function. */
function bundle(name: (typeof FUNCTIONS)[number]): void {
  const outdir = mkdtempSync(join(tmpdir(), 'trailmend-package-'));
  const folder = join(ROOT, 'dist', 'functions', name);
  const app = new App({ outdir });
  createFunction(new Stack(app, 'Package'), 'Function', { name });
  app.synth();
  const asset = readdirSync(outdir).find((entry) => entry.startsWith('asset.')) ?? 'no asset was written';
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(join(outdir, asset))) {
    copyFileSync(join(outdir, asset, file), join(folder, file));
  }
  rmSync(outdir, { recursive: true });
}

buildPackage();
