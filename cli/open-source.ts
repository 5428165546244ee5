import { FileSource } from '../review/read-file';
import { TableSource } from '../review/read-table';
import type { Source } from '../review/source';
import type { Io } from './io';
import { clientSettings, openTable } from './open-table';
import type { Progress } from './progress';
import { readBytes } from './read-bytes';
import type { ReadingOptions } from './reading-options';
import { UsageError } from './usage-error';

/**
 * Opens what the options name: a file, else the table of the deployment.
 * @throws UsageError when there is no such file or nothing in it, or not exactly one table
 */
export async function openSource(options: ReadingOptions, io: Io, progress: Progress): Promise<Source> {
  return options.file === undefined ? openTableSource(options, progress) : openFile(options.file, io);
}

async function openTableSource(options: ReadingOptions, progress: Progress): Promise<Source> {
  const { table, name, region } = await openTable(options);
  const { OrganizationsClient } = await import('@aws-sdk/client-organizations');
  const { accountNames } = await import('../lambda/notify/account-names');
  return new TableSource({
    table,
    name: `table ${name} in ${region}`,
    now: Date.now,
    nameOf: accountNames(new OrganizationsClient(clientSettings(options))),
    progress: (done, of) => progress.tell(done, of),
  });
}

async function openFile(path: string, io: Io): Promise<Source> {
  const { source, bytes } = await readBytes(path, io);
  const file = new FileSource(source, bytes);
  const { count, named } = file.unreadable;
  const which = named.map(({ line, reason }) => `line ${line}: ${reason}`).join('; ');
  if (file.held === 0) {
    const found = count === 0 ? 'holds no audit records' : `holds no audit record that can be read (${which})`;
    throw new UsageError(`${source} ${found}: give it lines of the function's log group; see --help.`);
  }
  if (count > 0) {
    const more = count > named.length ? '; and so on' : '';
    const what = count === 1 ? '1 record' : `${count} records`;
    io.err(`trailmend: ${what} of ${source} cannot be read, the others are: ${which}${more}\n`);
  }
  return file;
}
