// The task of a scan in DuckDB, in a process of its own: the refused calls of all files, by code. Arguments: the files' pattern
// and the number of threads. Says how many it found.
async function run() {
  const { DuckDBInstance } = require('@duckdb/node-api');
  const [pattern, threads] = process.argv.slice(2);
  const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
  const columns = `{Records: 'STRUCT(eventSource VARCHAR, eventName VARCHAR, eventTime VARCHAR, errorCode VARCHAR, errorMessage VARCHAR, eventID VARCHAR, userIdentity STRUCT(arn VARCHAR))[]'}`;
  const reader = await connection.runAndReadAll(
    `SELECT count(*)::INTEGER FROM (
       SELECT unnest(Records) AS r FROM read_json('${pattern}', columns = ${columns}, maximum_object_size = 268435456)
     ) WHERE r.errorCode LIKE 'AccessDenied%' OR r.errorCode LIKE '%UnauthorizedOperation'`,
  );
  console.log(reader.getRows()[0][0]);
}

run();
