import { join } from 'node:path';
import { build } from 'esbuild';
import { FUNCTIONS, writeBundle } from '../lib/function-bundle';

const ROOT = join(__dirname, '..');

/** What a CDK app that uses the package brings along, or npm installs with it; and what it never asks for. */
const NOT_BUNDLED = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'zod', 'esbuild'];

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
    writeBundle(name, join(ROOT, 'dist', 'functions', name));
  }
}

buildPackage();
