import { z } from 'zod';
import { SETTINGS } from '../../lib/settings';
import { CONTEXT_KEY } from '../../lib/settings-context';
import { code, generatedHead, table } from './write-markdown';

/** One setting as people read it. */
type Setting = {
  readonly name: string;
  readonly meaning: string;
  readonly allowed: string;
  /** As JSON; null when there is none. */
  readonly fallback: string | null;
  /** Section of the docs that says more, from `docs/`. */
  readonly more: string | null;
};

/** The page of all settings, from their schema. */
export function settingsPage(): string {
  const settings = settingsOf(SETTINGS);
  const overview = table(
    ['setting', 'what for', 'default'],
    settings.map(({ name, meaning, fallback }) => [
      `[${code(name)}](#${name.toLowerCase()})`,
      meaning,
      fallback === null ? 'none' : code(fallback),
    ]),
  );
  const intro = [
    `In \`cdk.json\` under \`context.${CONTEXT_KEY}\`, or for one command with \`-c ${CONTEXT_KEY}.<name>=<value>\`, which goes first.`,
    'Mistakes stop the synthesis, all at once, each with the value seen and what is allowed. An empty `-c` value restores the',
    'default. [Examples](../settings-examples.md) are there to be pasted; [`schemas/settings-1.schema.json`](../../schemas/settings-1.schema.json) is',
    'the JSON schema.',
  ].join('\n');
  return [
    generatedHead('Settings', '`lib/settings.ts`'),
    `${intro}\n`,
    `${overview}\n`,
    settings.map(section).join('\n'),
  ].join('\n');
}

function section({ name, meaning, allowed, fallback, more }: Setting): string {
  return [
    `## ${name}`,
    '',
    `${meaning}${more === null ? '' : ` See [${more.split('#')[0]?.replace('.md', '')}](../${more}).`}`,
    '',
    `- Allowed: ${allowed}`,
    `- Default: ${fallback === null ? 'none' : code(fallback)}`,
    '',
  ].join('\n');
}

/** @throws Error that names the settings without a meaning */
function settingsOf({ shape }: typeof SETTINGS): Setting[] {
  const entries = Object.entries(shape).map(([name, schema]) => {
    const { meaning = '', more = null, description = '' } = (schema as z.ZodType).meta() ?? {};
    return { name, meaning, more, allowed: description, fallback: fallbackOf(schema) };
  });
  const silent = entries.filter(({ meaning, allowed }) => meaning === '' || allowed === '').map(({ name }) => name);
  if (silent.length > 0) {
    throw new Error(
      `lib/settings.ts does not say what is allowed (describe) or what for (meta) of: ${silent.join(', ')}.`,
    );
  }
  return entries;
}

function fallbackOf(schema: z.ZodType): string | null {
  const result = z.safeParse(schema, undefined);
  if (!result.success || result.data === undefined) {
    return null;
  }
  return typeof result.data === 'string' ? result.data : JSON.stringify(result.data);
}
