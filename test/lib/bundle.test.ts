import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Environment } from '../../lambda/environment';
import { HubStack } from '../../lib/hub-stack';
import { readSettings } from '../../lib/settings';

/** What the stack sets, as the function needs it to start. */
const ENVIRONMENT: Environment & NodeJS.ProcessEnv = {
  AWS_REGION: 'us-east-1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:Topic',
  REMEDIATION: 'auto',
  RESPONDER_ROLE_ARN: 'arn:aws:iam::111122223333:role/Responder',
  PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/Probe',
  CANARY_ROLE_ARN: 'arn:aws:iam::111122223333:role/Canary',
  LOCALE: 'en',
  CHAT_TOPIC_ARN: '',
  MAX_RECEIVE_COUNT: '6',
  TABLE_NAME: 'Table',
  IMMEDIATE: 'medium',
  GATHER_SECONDS: '60',
  WINDOW_MINUTES: '60',
  DIGEST_HOUR_UTC: '7',
  NOTICE_CAP: '20',
  RECORD_DAYS: '365',
  SUPPRESSIONS: '[]',
};

describe('the bundle of the responder', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'trailmend-bundle-'));
  let asset = '';
  let bundle = '';
  let map: { sources: string[] };

  beforeAll(() => {
    process.env.CDK_VALIDATION = 'false';
    const app = new App({ outdir });
    new HubStack(app, { settings: readSettings({}) });
    app.synth();
    const mapOf = (name: string) => readFileSync(join(outdir, name, 'index.js.map'), 'utf8');
    const assets = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
    asset = assets.find((name) => mapOf(name).includes('lambda/responder.ts')) ?? 'no asset was written';
    bundle = readFileSync(join(outdir, asset, 'index.js'), 'utf8');
    map = JSON.parse(readFileSync(join(outdir, asset, 'index.js.map'), 'utf8'));
  });

  afterAll(() => rmSync(outdir, { recursive: true }));

  it('is one minified CommonJS file of at most 600 KB, with the SDK inside', () => {
    const clients = bundle.match(/\brequire\("@aws-sdk\/client-[^"]+"\)/g) ?? [];

    expect(bundle.includes('module.exports={handler}')).toBe(true);
    expect(clients).toEqual([]);
    expect(Buffer.byteLength(bundle)).toBeLessThanOrEqual(600_000);
  });

  it('takes the version of package.json, and nothing else of it', () => {
    const { version, description } = require('../../package.json');

    expect(bundle).toContain(`"${version}"`);
    expect(bundle).not.toContain(description);
    expect(bundle).not.toContain('cdk-nag');
  });

  it('holds Japanese as it is, and nothing that is loaded late', () => {
    const required = [...bundle.matchAll(/\brequire\("(?!node:)([^"]+)"\)/g)].map(([, name]) => name);

    expect(bundle).toContain('サービスリンクロール');
    // What esbuild makes of an import() of a module inside the bundle.
    expect(bundle).not.toMatch(/Promise\.resolve\(\)\.then\(\(\)=>\((?!.{0,9}require)/);
    // Outside are credentials that Lambda never asks for, and streams of events.
    expect(required.filter((name) => !/credential-provider|event-streams$/.test(name ?? ''))).toEqual([]);
    expect(bundle).not.toMatch(/\bimport\(/);
  });

  it('holds nothing of the checks and their sentences, which it does not need', () => {
    const ours = map.sources.filter((source) =>
      /lambda\/(health\/(aws|checks|run-checks)|texts\/health-)/.test(source),
    );

    expect(ours).toEqual([]);
  });

  it('has a source map that leads back to the sources', () => {
    expect(bundle.trimEnd().endsWith('//# sourceMappingURL=index.js.map')).toBe(true);
    expect(map.sources).toContainEqual(expect.stringMatching(/lambda\/responder\.ts$/));
  });

  it('shows the lines of the sources when it fails', () => {
    const code = `require(${JSON.stringify(join(outdir, asset, 'index.js'))}).handler({ Records: [{ messageId: 'm-1', body: '' }] })`;
    const { stderr } = spawnSync(process.execPath, ['-e', code], { env: ENVIRONMENT, encoding: 'utf8' });

    expect(stderr).toMatch(/m-1[\s\S]*TypeError: .*ApproximateReceiveCount[\s\S]*lambda\/responder\.ts:\d+:\d+/);
    expect(stderr).not.toContain('index.js');
  });
});
