import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'trailmend-stack-'));
const bundle = join(folder, 'index.js');

const SOURCE = `import { stackOf } from ${JSON.stringify(resolve('lambda/audit/stack-of'))};
function breaks() {
  throw new RangeError('broken');
}
try {
  breaks();
} catch (error) {
  console.log(stackOf(error as Error));
}
const bare = new Error('without a stack');
delete bare.stack;
console.log(stackOf(bare));
`;

beforeAll(() => {
  writeFileSync(join(folder, 'breaks.ts'), SOURCE);
  buildSync({
    entryPoints: [join(folder, 'breaks.ts')],
    bundle: true,
    platform: 'node',
    minify: true,
    sourcemap: true,
    outfile: bundle,
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

const printed = () => execFileSync(process.execPath, [bundle], { encoding: 'utf8' });

test('a stack of the bundle shows the lines of the sources', () => {
  expect(printed()).toMatch(/^RangeError: broken\n.*\(breaks\.ts:3:9\)\n.*breaks\.ts:6:3/);
  expect(printed()).not.toContain('index.js');
  expect(printed()).toMatch(/^Error: without a stack$/m);
});

test('without its source map, a stack is as Node has it', () => {
  rmSync(`${bundle}.map`);

  expect(printed()).toMatch(/^RangeError: broken\n.*index\.js:\d+:\d+/);
});
