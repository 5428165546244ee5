import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseId } from '../../lambda/cases';

const FOLDER = join(__dirname, '../../lambda/cases');

/**
 * The comment above a case: which situation it recognises, and AWS's pages about it.
 * @throws Error when there is none
 */
export function commentOf(id: CaseId): { situation: string; see: string[] } {
  const source = readFileSync(join(FOLDER, `${id}.ts`), 'utf8');
  const [, comment] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const \w+ = \{\n {2}id:/.exec(source) ?? [];
  const lines = (comment ?? '').split('\n').map((line) => line.replace(/^\s*\*? ?/, ''));
  const situation = lines
    .filter((line) => !line.startsWith('@'))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (situation === '') {
    throw new Error(`lambda/cases/${id}.ts has no comment above the case that says which situation it recognises.`);
  }
  const see = lines.flatMap((line) => /^@see (\S+)/.exec(line)?.[1] ?? []);
  return { situation, see };
}
