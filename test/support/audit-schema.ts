import Ajv from 'ajv';
import type { AuditLine } from '../../lambda/audit/audit-line';
import { writeAuditRecord } from '../../lambda/audit/write-audit-record';
import schema from '../../schemas/audit-1.schema.json';

type Schema = { readonly properties?: Readonly<Record<string, Schema>>; readonly [keyword: string]: unknown };

/** Versions may add members, but none that the schema of their time does not name. */
const isValid = new Ajv({ allowUnionTypes: true }).compile(closed(schema));

function closed(part: unknown): Schema {
  if (Array.isArray(part)) return part.map(closed) as unknown as Schema;
  if (typeof part !== 'object' || part === null) return part as Schema;
  const members = Object.fromEntries(Object.entries(part).map(([name, member]) => [name, closed(member)]));
  return 'properties' in part ? { ...members, additionalProperties: false } : members;
}

/**
 * The same record, when it and its line in the log are as the published schema says.
 * @throws Error naming what is wrong
 */
export function expectRecord(record: AuditLine): AuditLine {
  writeAuditRecord(record, expectLine);
  return expectJson(record) as AuditLine;
}

/** A line of the log, read, when it is as the published schema says. */
export function expectLine(line: string): AuditLine {
  return expectJson(JSON.parse(line)) as AuditLine;
}

function expectJson(value: object): object {
  if (isValid(JSON.parse(JSON.stringify(value)))) return value;
  const errors = isValid.errors?.map(({ instancePath, message, params }) => [instancePath, message, params]);
  throw new Error(`No audit record: ${JSON.stringify({ value, errors }, null, 1)}`);
}
