import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Locale } from '../../lambda/texts/languages';
import type { SynthesizedStack } from './deploy';
import type { Template } from './template';

const ROOT = resolve(__dirname, '..', '..');

/** Settings of the app, as in the context `trailmend` of `cdk.json`. */
export type AppSettings = {
  readonly organizationId: string;
  readonly emails: readonly string[];
  readonly remediation: 'auto' | 'observe';
  readonly locale: Locale;
};

/** A synthesized stack and the way to remove the folder it lies in. */
export type Synthesis = SynthesizedStack & { readonly remove: () => Promise<void> };

/**
 * Synthesizes the app in a process of its own, exactly as `cdk synth` does but for the validation.
 * @throws Error with what the app printed when it fails.
 */
export async function synthesize(stack: string, settings: AppSettings): Promise<Synthesis> {
  const folder = await mkdtemp(join(tmpdir(), 'trailmend-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const context = await contextWith(settings);
    const env = {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify(context),
    };
    await promisify(execFile)(process.execPath, ['--import', 'tsx', join('bin', 'app.ts')], { cwd: ROOT, env });
    return { ...(await readStack(folder, stack)), remove };
  } catch (error) {
    await remove();
    throw new Error(`The app could not be synthesized:\n${Object(error).stderr || error}`, { cause: error });
  }
}

/** Only the CDK's command line reads `cdk.json`; the app run by itself is told what stands there. */
async function contextWith(settings: AppSettings): Promise<object> {
  const { context } = JSON.parse(await readFile(join(ROOT, 'cdk.json'), 'utf8'));
  return { ...context, trailmend: { ...context?.trailmend, ...settings } };
}

async function readStack(folder: string, stack: string): Promise<SynthesizedStack> {
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8'));
  const template: Template = await read(`${stack}.template.json`);
  const manifest: AssetManifest = await read(`${stack}.assets.json`);
  const assets = Object.values(manifest.files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }) => [objectKey, join(folder, source.path)] as const),
  );
  return { template, assets: new Map(assets) };
}

type AssetManifest = {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
};
