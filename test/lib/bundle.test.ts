import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { HubStack } from '../../lib/hub-stack';
import { readSettings } from '../../lib/settings';

describe('the bundle of the responder', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'trailmend-bundle-'));
  let bundle = '';
  let map: { sources: string[] };

  beforeAll(() => {
    process.env.CDK_VALIDATION = 'false';
    const app = new App({ outdir });
    new HubStack(app, { settings: readSettings({}) });
    app.synth();
    const asset = readdirSync(outdir).find((name) => name.startsWith('asset.')) ?? 'no asset was written';
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

  it('has a source map that leads back to the sources', () => {
    expect(bundle.trimEnd().endsWith('//# sourceMappingURL=index.js.map')).toBe(true);
    expect(map.sources).toContainEqual(expect.stringMatching(/lambda\/responder\.ts$/));
  });
});
