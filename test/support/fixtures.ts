import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseId } from '../../lambda/cases';
import type { Severity } from '../../lambda/cases/case';
import type { PlanKind } from '../../lambda/plan/plan';

/** One example: a whole EventBridge envelope and what Trailmend must conclude from it. */
export type Fixture = {
  /** File name without its ending. */
  readonly file: string;
  readonly name: string;
  readonly event: unknown;
  readonly expected: {
    readonly case: CaseId;
    readonly plan: PlanKind;
    readonly severity?: Severity;
    readonly roles?: readonly string[];
    readonly action?: string;
    readonly resource?: string;
    readonly principal?: string;
  };
};

const ROOT = join(__dirname, '..', 'fixtures');

/** The folders of fixtures: one per case. */
export const fixtureFolders: readonly string[] = readdirSync(ROOT).sort();

/** The fixtures of one case: `takes--*` it must recognise, `declines--*` it must leave to another. */
export function fixturesOf(folder: string): Fixture[] {
  return readdirSync(join(ROOT, folder))
    .sort()
    .map((file) => ({
      ...JSON.parse(readFileSync(join(ROOT, folder, file), 'utf8')),
      file: file.replace(/\.json$/, ''),
    }));
}

/** The event of one fixture, by its path below `test/fixtures`, without `.json`. */
export function fixtureEvent(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, `${path}.json`), 'utf8')).event;
}
