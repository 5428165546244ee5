import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page that explains each figure and keeps the last results. */
export const PAGE = join(__dirname, '../docs/benchmarks.md');

const BEGIN = '<!-- results: written by npm run bench -- --update-docs -->';
const END = '<!-- end of results -->';

/**
 * Puts the results into the page, in place of those it has.
 * @throws Error when the page has no place for them.
 */
export function keepResults(results: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined)
    throw new Error(`${PAGE} has no lines "${BEGIN}" and "${END}": put them around the results.`);
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${results}\n\n${END}${after}`);
}
