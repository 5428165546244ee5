import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocksOf } from './read-markdown';

const PAGE = join(__dirname, '..', '..', 'docs', 'settings-examples.md');

/** An example of settings: the section it stands in, what it is, and the settings that have a remark there. */
export type SettingsExample = {
  readonly heading: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly remarks: readonly string[];
};

/** The examples of `docs/settings-examples.md`, in order. */
export function settingsExamples(): SettingsExample[] {
  const [, ...sections] = readFileSync(PAGE, 'utf8').split(/^## /m);
  return sections.map((section) => {
    const [block] = codeBlocksOf(section);
    const remarks = [...section.matchAll(/^- `(\w+)`: /gm)].map(([, name = '']) => name);
    return { heading: section.split('\n', 1)[0] ?? '', settings: JSON.parse(block?.text ?? ''), remarks };
  });
}
