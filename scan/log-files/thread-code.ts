import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How the packaged command has the code of a thread beside it. */
const PACKAGED = 'scan-thread.js';

let code: Promise<string> | null = null;

/** The code of a thread: beside the packaged command as `npm run build` put it there; from source it is bundled, once. */
export function threadCode(): Promise<string> {
  const packaged = join(__dirname, PACKAGED);
  code ??= existsSync(packaged) ? readFile(packaged, 'utf8') : bundledThread();
  return code;
}

async function bundledThread(): Promise<string> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'thread.ts')],
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  });
  return outputFiles[0]?.text ?? '';
}
