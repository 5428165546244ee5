import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import type { Ending } from './ending';
import { matrixOf, QUICK, type Row, renderMatrix, WHOLE } from './matrix';
import { isPublish } from './step';
import { STORIES } from './stories';

const settings = { emails: [], remediation: 'auto', locale: 'en' } as const;

let stack: Synthesis;
let rows: readonly Row[];

// FULL_MATRIX=1 plays all of it, PRINT_MATRIX=1 shows it.
beforeAll(async () => {
  stack = await synthesize(settings);
  rows = await matrixOf(stack, STORIES, process.env.FULL_MATRIX ? WHOLE : QUICK);
  if (process.env.PRINT_MATRIX) process.stdout.write(`${renderMatrix(rows)}\n`);
}, 1_800_000);

afterAll(() => stack.remove());

test('every operation that the responder uses is in the matrix', () => {
  expect([...new Set(rows.map(({ step }) => step.split(' ')[0]))].sort()).toEqual([
    'cloudtrail:DescribeTrails',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'iam:CreateServiceLinkedRole',
    'iam:GetRole',
    'organizations:DescribeAccount',
    'organizations:ListDelegatedAdministrators',
    'sns:Publish',
  ]);
});

test('whatever goes wrong, nothing is lost and every count is exact', () => {
  const problems = rows.flatMap(({ story, at, step, endings }) =>
    Object.entries(endings).flatMap(([mishap, ending]) =>
      ending.problems.map((problem) => `${story}, ${step} ${at}, ${mishap}: ${problem}`),
    ),
  );

  expect(problems).toEqual([]);
});

test('a notice is sent twice only where SNS took it and that was not noted', () => {
  const doubled = rows.flatMap(({ story, at, step, endings }) =>
    Object.entries(endings)
      .filter(([mishap, ending]) => ending.doubled > 0 && !mayDouble(step, mishap, ending))
      .map(([mishap]) => `${story}, ${step} ${at}: ${mishap}`),
  );

  expect(doubled).toEqual([]);
});

function mayDouble(step: string, mishap: string, { unnoted }: Ending): boolean {
  return unnoted || (isPublish(step) && mishap.startsWith('lost'));
}
