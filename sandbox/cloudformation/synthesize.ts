import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Locale } from '../../lambda/texts/languages';
import { HUB, ORGANIZATION_ID, REGIONS, ROOT_ID } from '../organization/accounts';
import type { SynthesizedApp, SynthesizedStack } from './deploy';
import type { Template } from './template';

const ROOT = resolve(__dirname, '..', '..');

/** Settings of the app, as in the context `trailmend` of `cdk.json`. */
export type AppSettings = {
  readonly emails: readonly string[];
  readonly remediation: 'auto' | 'observe';
  readonly locale: Locale;
  /** Regions of the organization besides the home Region. */
  readonly regions?: readonly string[];
};

/** A synthesized app and the way to remove the folder it lies in. */
export type Synthesis = SynthesizedApp & { readonly remove: () => Promise<void> };

/**
 * Synthesizes the app for the local organization, in a process of its own, exactly as `cdk synth` does but for the
 * validation. `preloaded`: modules of this repository that are loaded before the app, to change what it is made of.
 * @throws Error with what the app printed when it fails.
 */
export async function synthesize(settings: AppSettings, preloaded: readonly string[] = []): Promise<Synthesis> {
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
    const imports = ['tsx', ...preloaded.map((file) => `./${file}`)].flatMap((name) => ['--import', name]);
    await promisify(execFile)(process.execPath, [...imports, join('bin', 'app.ts')], { cwd: ROOT, env });
    return { stacks: await readStacks(folder), remove };
  } catch (error) {
    await remove();
    throw new Error(`The app could not be synthesized:\n${Object(error).stderr || error}`, { cause: error });
  }
}

/** Only the CDK's command line reads `cdk.json`; the app run by itself is told what stands there. */
async function contextWith({ regions = REGIONS, ...settings }: AppSettings): Promise<object> {
  const { context } = JSON.parse(await readFile(join(ROOT, 'cdk.json'), 'utf8'));
  const organization = {
    organizationId: ORGANIZATION_ID,
    homeRegion: HUB.region,
    regions: regions.filter((region) => region !== HUB.region),
    organizationalUnits: [ROOT_ID],
  };
  return { ...context, trailmend: { ...context?.trailmend, ...organization, ...settings } };
}

/** Every stack of the app, each after those it depends on. */
async function readStacks(folder: string): Promise<SynthesizedStack[]> {
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8'));
  const { artifacts }: Manifest = await read('manifest.json');
  const stacks = inOrder(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return Promise.all(
    stacks.map(async ([id, { environment = '', properties }]) => {
      const region = environment.split('/').at(-1) ?? '';
      const at = {
        ...HUB,
        stack: properties?.stackName ?? id,
        region: region.startsWith('unknown') ? HUB.region : region,
      };
      const template: Template = await read(properties?.templateFile ?? '');
      const manifest = artifacts[`${id}.assets`]?.properties?.file;
      return { at, template, assets: manifest ? assetsOf(await read(manifest), folder) : new Map<string, string>() };
    }),
  );
}

function inOrder(artifacts: Manifest['artifacts']): [string, Artifact][] {
  const ordered = new Map<string, Artifact>();
  const add = (id: string) => {
    const artifact = artifacts[id];
    if (!artifact || ordered.has(id)) return;
    for (const other of artifact.dependencies ?? []) add(other);
    ordered.set(id, artifact);
  };
  for (const id of Object.keys(artifacts)) add(id);
  return [...ordered];
}

function assetsOf({ files }: AssetManifest, folder: string): Map<string, string> {
  const assets = Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }) => [objectKey, join(folder, source.path)] as const),
  );
  return new Map(assets);
}

/** What of an artifact in the manifest of an app matters here. */
type Artifact = {
  readonly type: string;
  /** `aws://account/region`. */
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string };
};

type Manifest = { readonly artifacts: Readonly<Record<string, Artifact>> };

type AssetFile = {
  readonly source: { readonly path: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
};

type AssetManifest = { readonly files: Readonly<Record<string, AssetFile>> };
