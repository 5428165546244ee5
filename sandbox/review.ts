import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Table } from '../lambda/incidents/table';
import type { Locale } from '../lambda/texts/languages';
import { TableSource } from '../review/read-table';
import { renderPage } from '../review/render-page';
import { reviewOf } from '../review/review';
import { EVERYTHING } from '../review/selection';
import type { Source } from '../review/source';
import type { Database } from './dynamodb/database';
import { accountName } from './organization/accounts';
import type { Sandbox } from './sandbox';
import { UsageError } from './usage-error';

/** Makes sure, before anything is played, that the page can be written. Throws UsageError when it cannot. */
export async function prepareReview(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--review ${path}: cannot be written (${code}). Name another file, or none with --review ''.`);
  }
}

/** Writes the page that reviewers read about what has just happened; overwrites that of the run before. */
export async function writeReview(sandbox: Sandbox, path: string, locale: Locale): Promise<void> {
  const review = await reviewOf(sourceOf(sandbox), EVERYTHING, sandbox.clock.now());
  if (review) await writeFile(path, await renderPage(review, locale));
}

/** The table of the sandbox, as `trailmend report` reads that of a deployment. */
function sourceOf({ database, deployment, clock }: Sandbox): Source {
  const [name = ''] = deployment.tables.keys();
  return new TableSource({
    table: new Table(localClient(database), name),
    name: `sandbox, table ${name}`,
    now: () => clock.now(),
    nameOf: async (account) => accountName(account) ?? null,
  });
}

/** What the reader needs of an SDK client, straight on the database: no call that is made to fail, and nothing recorded. */
function localClient(database: Database): DynamoDBClient {
  const send = (command: { readonly input: object }) =>
    database.perform(command.constructor.name.replace(/Command$/, ''), command.input);
  return { send } as unknown as DynamoDBClient;
}
