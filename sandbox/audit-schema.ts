import Ajv from 'ajv';
import schema from '../schemas/audit-1.schema.json';

const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);

/** What is wrong with a line of the audit log by the published schema; null when nothing is. */
export function auditMistake(line: object): string | null {
  return isValid(line) ? null : new Ajv().errorsText(isValid.errors);
}
