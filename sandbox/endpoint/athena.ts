import type { Execution } from '../athena/local-athena';
import { runStatement } from '../athena/run-statement';
import { type Call, type Operation, type Service, textIn, type World } from './operation';
import { pageOf } from './page';
import { ServiceError } from './service-error';

/** Most rows of one page. AWS hands out a thousand; few here, so that callers must page. */
const PAGE_SIZE = 4;

/** Athena: statements over the archive of the trails, which run with the rights of the caller. */
export const athena: Service = {
  protocol: 'json',
  denialCode: 'AccessDeniedException',
  operations: {
    StartQueryExecution: {
      permissions: (call) => [onWorkgroup(call, workgroupOf(call))],
      perform: startQuery,
    },
    GetQueryExecution: onExecution((execution) => ({ QueryExecution: describe(execution) })),
    GetQueryResults: onExecution(resultsOf),
    StopQueryExecution: onExecution((execution) => {
      execution.state = 'CANCELLED';
      return {};
    }),
  },
};

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
function startQuery(call: Call, world: World) {
  const workgroup = workgroupOf(call);
  const place = world.athena.workgroups.get(workgroup);
  if (place === undefined) throw invalid(`WorkGroup ${workgroup} is not found.`);
  const output = Object(call.input.ResultConfiguration).OutputLocation ?? place;
  if (output === null) {
    throw invalid(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  }
  const token = textIn(call, 'ClientRequestToken');
  if (token.length < 32) throw invalid('clientRequestToken must be between 32 and 128 characters.');
  const { execution, isNew } = world.athena.take({ sql: textIn(call, 'QueryString'), workgroup, output }, token);
  if (isNew) void world.athena.run(execution, () => runStatement(execution.sql, output, call, world));
  return { QueryExecutionId: execution.id };
}

function onExecution(answer: (execution: Execution, call: Call) => Readonly<Record<string, unknown>>): Operation {
  const find = (call: Call, { athena: { executions } }: World) => executions.get(textIn(call, 'QueryExecutionId'));
  return {
    permissions: (call, world) => {
      const { workgroup = '*', output = '' } = find(call, world) ?? {};
      const result = { action: 's3:GetObject', resource: `arn:aws:s3:::${output.slice('s3://'.length)}result.csv` };
      return [onWorkgroup(call, workgroup), ...(call.operation === 'GetQueryResults' ? [result] : [])];
    },
    perform: (call, world) => {
      const execution = find(call, world);
      if (!execution) throw invalid(`QueryExecution ${textIn(call, 'QueryExecutionId')} was not found`);
      return answer(execution, call);
    },
  };
}

function onWorkgroup({ operation, caller, region }: Call, workgroup: string) {
  const resource = `arn:aws:athena:${region}:${caller.account}:workgroup/${workgroup}`;
  return { action: `athena:${operation}`, resource };
}

function workgroupOf(call: Call): string {
  return textIn(call, 'WorkGroup') || 'primary';
}

function describe({ id, sql, workgroup, state, reason, answer }: Execution) {
  return {
    QueryExecutionId: id,
    Query: sql,
    WorkGroup: workgroup,
    Status: { State: state, ...(reason ? { StateChangeReason: reason, AthenaError: { ErrorMessage: reason } } : {}) },
    Statistics: { DataScannedInBytes: answer?.bytes ?? 0 },
  };
}

/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html */
function resultsOf({ state, answer }: Execution, call: Call) {
  if (state !== 'SUCCEEDED') throw invalid(`Query did not finish successfully. Final query state: ${state}`);
  const { columns = [], rows = [] } = answer ?? {};
  const size = Math.min(Number(call.input.MaxResults ?? PAGE_SIZE), PAGE_SIZE);
  const { items, next } = pageOf([columns, ...rows], textIn(call, 'NextToken'), size, 'InvalidRequestException');
  const Rows = items.map((row) => ({ Data: row.map((value) => (value === null ? {} : { VarCharValue: value })) }));
  const ColumnInfo = columns.map((Name) => ({ Name, Type: 'varchar' }));
  return { ResultSet: { Rows, ResultSetMetadata: { ColumnInfo } }, ...(next ? { NextToken: next } : {}) };
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message);
}
