import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { FUNCTIONS } from '../../lib/function-bundle';
import { codeBlocksOf } from '../../scripts/docs/read-markdown';

const ROOT = join(__dirname, '../..');
const MODULES = join(ROOT, 'node_modules');

/** What npm installs beside the package: its dependency, its peers, and theirs; `@types/node` is in every TypeScript app. */
const INSTALLED = ['zod', 'aws-cdk-lib', 'constructs', '@aws-cdk', '@types/node', 'undici-types'];

/** What a README shows of an app that uses the package. */
function shownIn(readme: string): string {
  const blocks = codeBlocksOf(readFileSync(join(ROOT, readme), 'utf8')).filter(({ language }) => language === 'ts');
  if (blocks.length !== 1) throw new Error(`${readme} has ${blocks.length} blocks of TypeScript, not one.`);
  return blocks[0]?.text ?? '';
}

/** An app that has nothing but that. */
const APP = `import { App, Stack } from 'aws-cdk-lib';
import { Forwarder, type ForwarderProps, type Settings } from 'trailmend';

const app = new App({ outdir: 'out' });
const stack = new Stack(app, 'Own');
const props: ForwarderProps = { hubBusArn: 'arn:aws:events:us-east-1:111122223333:event-bus/trailmend' };
new Forwarder(new Stack(app, 'Elsewhere'), 'Forwarder', props);
export const region: Settings['homeRegion'] = 'us-east-1';
${shownIn('README.md')}
app.synth();
`;

type LambdaFunction = {
  readonly Type: string;
  readonly Properties: { readonly Handler: string; readonly Code: { readonly S3Key: string } };
};

const folder = mkdtempSync(join(tmpdir(), 'trailmend-app-'));

/** Symbolic links stay what they are, so that nothing is found in the node_modules they lead to. */
const NODE_OPTIONS = '--preserve-symlinks --preserve-symlinks-main';

function run(command: string, args: readonly string[], cwd: string, env: object = {}): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, CDK_VALIDATION: 'false', ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

const node = (code: string) => run(process.execPath, ['-e', code], folder, { NODE_OPTIONS });
const templateOf = (stack: string) => JSON.parse(readFileSync(join(folder, 'out', `${stack}.template.json`), 'utf8'));

beforeAll(() => {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], ROOT));
  const trailmend = join(folder, 'node_modules', 'trailmend');
  mkdirSync(trailmend, { recursive: true });
  run('tar', ['-xzf', filename, '--strip-components=1', '-C', trailmend], folder);
  for (const name of INSTALLED) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(join(MODULES, name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'app.ts'), APP);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { module: 'node16', target: 'es2022', strict: true, preserveSymlinks: true, types: ['node'] },
      files: ['app.ts'],
    }),
  );
  run(process.execPath, [join(MODULES, 'typescript/bin/tsc')], folder);
  node("require('./app.js')");
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the npm package in an app of its own', () => {
  it('is shown alike in both READMEs, but for the remarks', () => {
    const code = (readme: string) => shownIn(readme).replaceAll(/\/\/.*$/gm, '');

    expect(code('README.ja.md')).toBe(code('README.md'));
  });

  it('is installed where no esbuild can be found', () => {
    const find = (from: string) =>
      node(`try { require.resolve('esbuild', { paths: ['${from}'] }); console.log('found') } catch {}`);

    expect([find(folder), find(join(folder, 'node_modules/aws-cdk-lib'))]).toEqual(['', '']);
    expect(existsSync(join(folder, 'node_modules', 'esbuild'))).toBe(false);
  });

  it('synthesizes the hub with the bundles that are packed', () => {
    const functions = Object.values(templateOf('Own').Resources as Record<string, LambdaFunction>)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => Properties);
    const assets = functions.map(({ Code }) => join(folder, 'out', `asset.${Code.S3Key.replace('.zip', '')}`));
    const packed = FUNCTIONS.map((name) => join(folder, 'node_modules', 'trailmend', 'dist', 'functions', name));
    const codes = (folders: readonly string[]) =>
      folders.map((of) => readFileSync(join(of, 'index.js'), 'utf8')).sort();

    expect(functions.map(({ Handler }) => Handler)).toEqual(FUNCTIONS.map(() => 'index.handler'));
    expect(codes(assets)).toEqual(codes(packed));
    for (const code of codes(packed)) {
      expect(code).toContain('module.exports={handler}');
    }
  });

  it('synthesizes forwarders, a whole deployment and the outputs that commands look for', () => {
    expect(Object.keys(templateOf('Own').Outputs)).toContain('TrailmendBusArn');
    expect(Object.keys(templateOf('Elsewhere').Resources)).toHaveLength(6);
    expect(JSON.stringify(templateOf('TrailmendMembers'))).toContain('trailmend-forwarders');
  });

  it('requires nothing but what npm installs with it and the app brings along', () => {
    const trailmend = join(folder, 'node_modules', 'trailmend');
    const manifest = JSON.parse(readFileSync(join(trailmend, 'package.json'), 'utf8'));
    const code = readFileSync(join(trailmend, 'dist', 'lib', 'index.js'), 'utf8');
    const required = [...code.matchAll(/\brequire\("(?!node:)((?:@[^/"]+\/)?[^/"]+)/g)].map(([, name]) => name);

    expect(Object.keys(manifest.dependencies)).toEqual(['zod']);
    expect(Object.keys(manifest.peerDependencies).sort()).toEqual(['aws-cdk-lib', 'constructs']);
    // esbuild only where bundles are made, which are in the package already.
    expect([...new Set(required)].sort()).toEqual(['aws-cdk-lib', 'constructs', 'esbuild', 'zod']);
  });

  it('has what people use, and neither sources nor tests', () => {
    const packed = readdirSync(join(folder, 'node_modules', 'trailmend'));

    expect(packed.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.ja.md',
      'README.md',
      'dist',
      'package.json',
      'schemas',
    ]);
    expect(run(process.execPath, ['node_modules/trailmend/dist/trailmend.js', '--help'], folder)).toContain('explain');
  });
});
