import type { DuckDBConnection } from '@duckdb/node-api';
import { shapedAs, structureOf } from './hive-type';
import type { TableDefinition } from './table-definition';

/** A log file of an archive. */
export type StoredFile = { readonly url: string; readonly bytes: number; readonly records: readonly unknown[] };

/** What a query answers. */
export type Answer = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Of the files whose partitions the query asks for. */
  readonly bytes: number;
};

/**
 * Runs a query over log files by an SQL engine, DuckDB. It understands what Athena's engine does of the statements that are used
 * here, but for the names of three functions. So it shows that the statement fits the table and finds what it should; that Athena
 * reads files as it is done here, and takes the statement, only AWS can show.
 * @throws Error with a reason that begins as Athena's does
 */
export async function select(sql: string, table: TableDefinition, files: readonly StoredFile[]): Promise<Answer> {
  for (const [name, projection] of table.partitions) {
    if (projection === 'injected' && !new RegExp(`"${name}" (?:IN \\('|= ')`).test(sql)) {
      throw new Error(
        `CONSTRAINT_VIOLATION: For the injected projected partition column ${name}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.`,
      );
    }
  }
  // Loaded late: most sandboxes never ask Athena.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await load(connection, table, files);
    return await answer(connection, sql, table);
  } catch (error) {
    throw new Error(reasonOf(error as Error));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function load(connection: DuckDBConnection, table: TableDefinition, files: readonly StoredFile[]): Promise<void> {
  const texts = [...table.partitions.keys(), '$path', '$bytes'].map((name) => [name, 'VARCHAR']);
  const columns = [...table.columns].map(([name, type]) => [name, structureOf(type)]);
  const structure = JSON.stringify(Object.fromEntries([...columns, ...texts]));
  await connection.run('CREATE MACRO json_format(value) AS CAST(value AS VARCHAR)');
  await connection.run('CREATE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern)');
  await connection.run('CREATE TABLE loaded (line VARCHAR)');
  const appender = await connection.createAppender('loaded');
  for (const line of linesOf(table, files)) {
    appender.appendVarchar(line);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(`CREATE SCHEMA IF NOT EXISTS "${table.database}"`);
  await connection.run(
    `CREATE TABLE "${table.database}"."${table.table}" AS
     SELECT made.* FROM (SELECT from_json(line, '${structure}') AS made FROM loaded)`,
  );
}

function* linesOf({ columns, places }: TableDefinition, files: readonly StoredFile[]): Generator<string> {
  const shape = { kind: 'struct', members: columns } as const;
  for (const { url, bytes, records } of files) {
    const partition = places.exec(url)?.groups;
    if (!partition) continue;
    for (const record of records) {
      const row = Object(shapedAs(shape, record));
      yield JSON.stringify({ ...row, ...partition, $path: url, $bytes: String(bytes) });
    }
  }
}

async function answer(connection: DuckDBConnection, sql: string, table: TableDefinition): Promise<Answer> {
  const read = await connection.runAndReadAll(sql.replaceAll(/\btransform\(/g, 'list_transform('));
  const rows = read.getRowsJson().map((row) => row.map((value) => (value === null ? null : String(value))));
  const pruned = [...table.partitions.keys()].flatMap((name) =>
    [...sql.matchAll(new RegExp(`"${name}" (?:IN \\([^)]*\\)|[<>]?= '[^']*')`, 'g'))].map(([condition]) => condition),
  );
  const scanned = await connection.runAndReadAll(
    `SELECT coalesce(sum(CAST("$bytes" AS BIGINT)), 0) FROM
     (SELECT DISTINCT "$path", "$bytes" FROM "${table.database}"."${table.table}" WHERE ${pruned.join(' AND ') || 'TRUE'})`,
  );
  return { columns: read.columnNames(), rows, bytes: Number(scanned.getRowsJson()[0]?.[0] ?? 0) };
}

function reasonOf({ message }: Error): string {
  const [, column] = /(?:Referenced column|Could not find key|Referenced table) "([^"]+)"/.exec(message) ?? [];
  return column ? `COLUMN_NOT_FOUND: line 1:1: Column '${column}' cannot be resolved` : `SYNTAX_ERROR: ${message}`;
}
