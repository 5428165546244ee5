import { type AthenaClient, GetQueryResultsCommand, type GetQueryResultsCommandOutput } from '@aws-sdk/client-athena';
import type { Row } from './columns';

/** Most rows of one page. */
const PAGE_SIZE = 1_000;

/**
 * The rows of a query that has run, page by page.
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
export async function* readRows(client: AthenaClient, id: string, signal: AbortSignal): AsyncGenerator<Row> {
  let NextToken: string | undefined;
  do {
    const asked = { QueryExecutionId: id, NextToken, MaxResults: PAGE_SIZE };
    const page: GetQueryResultsCommandOutput = await client.send(new GetQueryResultsCommand(asked), {
      abortSignal: signal,
    });
    const names = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = '' }) => Name);
    // The first row of the first page holds the names once more.
    const rows = (page.ResultSet?.Rows ?? []).slice(NextToken === undefined ? 1 : 0);
    for (const { Data = [] } of rows) {
      yield Object.fromEntries(names.map((name, at) => [name, Data[at]?.VarCharValue ?? null])) as Row;
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
}
