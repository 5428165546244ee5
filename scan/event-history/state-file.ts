import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { VERSIONS } from '../../lambda/audit/versions';
import { asObject, textAt } from '../../lambda/denial/json';
import { shown } from '../../lambda/texts/untrusted';
import { type ScanState, STATE_SCHEMA } from './state';

/** What a file has of a scan: its state, nothing because there is no such file, or why it is refused. */
export type StateRead = { readonly state: ScanState | null } | { readonly refused: string };

/** Reads the state of a scan. */
export async function readState(path: string): Promise<StateRead> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { state: null } : { refused: `cannot be read (${code})` };
  }
  return stateIn(text);
}

/** Writes the state of a scan, so that whatever happens meanwhile the file has this state or the one before, whole. */
export async function writeState(path: string, state: ScanState): Promise<void> {
  const fresh = `${path}.${randomUUID()}`;
  try {
    await writeFile(fresh, JSON.stringify(state), { mode: 0o600, flag: 'wx' });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

function stateIn(text: string): StateRead {
  const state = asObject(parsed(text));
  const schema = textAt(state, 'schema');
  if (!schema?.startsWith('trailmend.event-history/')) {
    return { refused: 'is no state of a scan of the event history' };
  }
  const version = textAt(state, 'trailmend');
  if (schema !== STATE_SCHEMA || version !== VERSIONS.trailmend) {
    return { refused: `is of Trailmend ${shown(version ?? '')}, and this is ${VERSIONS.trailmend}` };
  }
  return isWhole(state as ScanState | null) ? { state: state as unknown as ScanState } : { refused: 'is damaged' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether all parts are there. It is written as a whole by {@link writeState}, so a part that is there is right. */
function isWhole(state: ScanState | null): boolean {
  const { account, begun, finished, asked, regions, history } = state ?? {};
  return (
    typeof account === 'string' &&
    typeof begun === 'number' &&
    (finished === null || typeof finished === 'number') &&
    Array.isArray(asked?.regions) &&
    asked.regions.every((region) => Array.isArray(regions?.[region])) &&
    Boolean(asked.wanted && asked.organization) &&
    (history === null || (Boolean(history?.counts) && Array.isArray(history?.incidents)))
  );
}
