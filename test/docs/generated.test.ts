import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policiesOf } from '../../scripts/docs/policies';
import { GENERATED_FILES } from '../../scripts/generated-files';
import { hubTemplate } from '../lib/hub-template';

const ROOT = join(__dirname, '../..');

test.each(GENERATED_FILES.map((file) => [file.path, file] as const))(
  '%s is current (else: npm run generate)',
  async (path, { make }) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(await make());
  },
);

test('every page of docs/reference is generated', () => {
  const pages = readdirSync(join(ROOT, 'docs/reference')).map((file) => `docs/reference/${file}`);

  expect(GENERATED_FILES.map(({ path }) => path)).toEqual(expect.arrayContaining(pages));
});

test('no role may change anything but the table, what it sends and the two service-linked roles, as docs/permissions.md says', () => {
  const template = hubTemplate({ organizationId: 'o-exampleorgid' }).toJSON().Resources;
  const roles = policiesOf(template).filter(({ holder }) => template[holder]?.Type === 'AWS::IAM::Role');
  const actions = roles.flatMap(({ statements }) => statements.flatMap((statement) => statement.actions));

  const writes = actions.filter((action) => !/^\w+:(?:Get|List|Describe|Query|Receive|Lookup)/.test(action));
  expect([...new Set(writes)].sort()).toEqual([
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'events:PutEvents',
    'iam:CreateServiceLinkedRole',
    'kms:Decrypt',
    'kms:GenerateDataKey*',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'sns:Publish',
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:SendMessage',
    // The canary's role alone, which may do nothing.
    'sts:AssumeRole',
  ]);
});
