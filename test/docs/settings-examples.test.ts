import Ajv from 'ajv';
import { Template } from 'aws-cdk-lib/assertions';
import { readSettings } from '../../lib/settings';
import schema from '../../schemas/settings-1.schema.json';
import { settingsExamples } from '../../scripts/docs/settings-examples';
import { stacksOf } from '../lib/app-stacks';

const examples = settingsExamples().map((example) => [example.heading, example] as const);
const isValid = new Ajv({ formats: { email: true } }).compile(schema);

test('there is an example for a trial, a small organization and a large one', () => {
  expect(examples.map(([heading]) => heading)).toEqual([
    'A trial in one account',
    'A small organization',
    'A large organization',
  ]);
});

describe.each(examples)('%s', (_, { settings, remarks }) => {
  it('is taken as it stands, and by the schema', () => {
    expect(readSettings({ trailmend: settings })).toMatchObject(settings);
    expect([isValid(settings), isValid.errors]).toEqual([true, null]);
  });

  it('begins in observe', () => {
    expect(settings.remediation).toBe('observe');
  });

  it('has a remark about each of its settings, in their order', () => {
    expect(remarks).toEqual(Object.keys(settings));
  });

  it('synthesizes', () => {
    const regions = (settings.regions ?? []) as readonly string[];
    const units = (settings.organizationalUnits ?? []) as readonly string[];

    const stacks = stacksOf(settings);
    expect(stacks).toHaveLength(1 + regions.length + (units.length > 0 ? 1 : 0));
    for (const stack of [stacks[0], stacks.at(-1)]) {
      expect(stack && Object.keys(Template.fromStack(stack).toJSON().Resources)).not.toHaveLength(0);
    }
  });
});
