import { parseEvent } from '../../../lambda/denial/parse-event';
import { allowStatement } from '../../../lambda/explain/allow-statement';
import { type FixForms, fixForms } from '../../../lambda/explain/fix-forms';
import type { AttachTo } from '../../../lambda/explain/identity';
import { HOSTILE_NAMES } from './calls';
import { refusal } from './denials';
import { readForms } from './forms';
import { HOMES, type Home, IDENTITIES, type Identity } from './identities';

const [USER] = IDENTITIES as [Identity];
const [HOME] = HOMES as [Home];
const KINDS = ['user', 'role', 'permission-set'] as const;

function asked() {
  const event = parseEvent(refusal('cloudtrail:StopLogging', 'main', '')(USER, HOME));
  const statement = event.kind === 'denial' ? allowStatement(event.denial) : null;
  if (event.kind !== 'denial' || statement === null) {
    throw new Error('StopLogging has no statement');
  }
  return { statement, denial: event.denial };
}

function formsFor(attachTo: AttachTo): FixForms {
  const { statement, denial } = asked();
  return fixForms(statement, attachTo, denial);
}

test.each(KINDS)('a %s with a name that IAM takes has every form', (kind) => {
  const { cli, terraform, cdk } = formsFor({ kind, name: 'o_neil+ci=x,y.z@example.com' });

  expect(cli).toContain('o_neil+ci=x,y.z@example.com');
  expect(terraform).toContain('jsonencode');
  expect(cdk).toContain('o_neil+ci=x,y.z@example.com');
});

test.each(KINDS)('a %s with a hostile name has no form that the name breaks out of', (kind) => {
  const { statement, denial } = asked();
  const violations = HOSTILE_NAMES.flatMap((name) => readForms(statement, { kind, name }, denial).violations);

  expect(violations).toEqual([]);
});

test('what is attached to nobody known is offered as JSON only', () => {
  const { json, ...code } = formsFor({ kind: 'unknown', name: null });

  expect(JSON.parse(json)).toMatchObject({ Version: '2012-10-17', Statement: [{ Sid: 'AllowCloudtrailStopLogging' }] });
  expect(code).toEqual({ cli: null, terraform: null, cdk: null });
});
