import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * Path of an installed Chromium or Chrome: `CHROMIUM_PATH`, else the first one on the PATH.
 * @throws Error that says how to install one
 */
export function chromiumPath({ CHROMIUM_PATH, PATH = '' }: NodeJS.ProcessEnv = process.env): string {
  if (CHROMIUM_PATH) {
    if (!isExecutable(CHROMIUM_PATH)) {
      throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which is no program. Name the browser itself, or unset it.`);
    }
    return CHROMIUM_PATH;
  }
  const folders = PATH.split(delimiter).filter(Boolean);
  const places = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), MACOS];
  const found = places.find(isExecutable);
  if (found === undefined) {
    throw new Error(
      `No browser found: looked for ${NAMES.join(', ')} on the PATH. Install one (Debian: apt-get install chromium; macOS: brew install --cask google-chrome), or name it by CHROMIUM_PATH.`,
    );
  }
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
