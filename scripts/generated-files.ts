import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionData } from './action-data';
import { casesPage } from './docs/cases-page';
import { cliPage } from './docs/cli-page';
import { permissionsPage } from './docs/permissions-page';
import { schemaPage } from './docs/schema-page';
import { settingsPage } from './docs/settings-page';
import { settingsSchema } from './settings-schema';

const ROOT = join(__dirname, '..');

const SETTINGS_SCHEMA = 'schemas/settings-1.schema.json';

/** Schemas that are written by hand; each has a page. */
const WRITTEN_SCHEMAS = readdirSync(join(ROOT, 'schemas')).filter((file) => `schemas/${file}` !== SETTINGS_SCHEMA);

/** A file of the project that is made of others. */
type GeneratedFile = {
  /** Path in the project. */
  readonly path: string;
  /** What it must hold. */
  readonly make: () => string | Promise<string>;
};

/** Every generated file. `npm run generate` writes them; a test proves that they are current. */
export const GENERATED_FILES: readonly GeneratedFile[] = [
  {
    path: 'lambda/denial/action-data.json',
    make: async () => `${JSON.stringify(await actionData(), null, 2)}\n`,
  },
  { path: SETTINGS_SCHEMA, make: () => `${JSON.stringify(settingsSchema(), null, 2)}\n` },
  { path: 'docs/permissions.md', make: permissionsPage },
  { path: 'docs/reference/settings.md', make: settingsPage },
  { path: 'docs/reference/cli.md', make: cliPage },
  { path: 'docs/reference/cases.md', make: casesPage },
  ...WRITTEN_SCHEMAS.map((file) => ({
    path: `docs/reference/${file.replace(/(?:-\d+)?\.schema\.json$/, '')}.md`,
    make: () => schemaPage(`schemas/${file}`, JSON.parse(readFileSync(join(ROOT, 'schemas', file), 'utf8'))),
  })),
];
