import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

let map: SourceMap | null | undefined;

/**
 * The stack of an error, with the lines of the sources in place of those of the bundle. Node can do so by itself
 * (`--enable-source-maps`), but then reads the bundle's source map at every start; here it is read for the first error.
 */
export function stackOf({ name, message, stack }: Error): string {
  const [start = '', ...frames] = (stack ?? `${name}: ${message}`).split(`${__filename}:`);
  return start + frames.map(inSources).join('');
}

/** What follows the bundle's name in a stack: line and column, and the rest of the stack. */
function inSources(frame: string): string {
  map ??= readMap();
  const [position, line, column] = /^(\d+):(\d+)/.exec(frame) ?? [''];
  const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
  if (!entry || !('originalSource' in entry)) return `${__filename}:${frame}`;
  const source = entry.originalSource.replace(/^(?:\.\.\/)+/, '');
  return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}${frame.slice(position.length)}`;
}

/** The map that lies beside the bundle; null where this is no bundle. */
function readMap(): SourceMap | null {
  const path = `${__filename}.map`;
  return existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8'))) : null;
}
