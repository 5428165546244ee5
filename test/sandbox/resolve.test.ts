import { scopeOf } from '../../sandbox/cloudformation/references';
import { holds, resolveIn } from '../../sandbox/cloudformation/resolve';
import type { Template } from '../../sandbox/cloudformation/template';
import { HUB } from '../../sandbox/organization/accounts';

const template: Template = {
  Parameters: { Level: { Default: 'high' } },
  Mappings: { Colours: { red: { hex: '#f00' } } },
  Conditions: {
    IsHigh: { 'Fn::Equals': [{ Ref: 'Level' }, 'high'] },
    IsLow: { 'Fn::Not': [{ Condition: 'IsHigh' }] },
    Both: { 'Fn::And': [{ Condition: 'IsHigh' }, { Condition: 'IsLow' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsHigh' }, { Condition: 'IsLow' }] },
  },
  Resources: {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'trailmend' } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: { Ref: 'Bus' } } },
    Queue: { Type: 'AWS::SQS::Queue' },
    Role: { Type: 'AWS::IAM::Role', Properties: { Path: '/x/' } },
    Bucket: { Type: 'AWS::S3::Bucket' },
  },
};

const scope = scopeOf(template, HUB);
const resolve = (value: unknown) => resolveIn(scope, 'Thing', value);

test.each<[string, unknown, unknown]>([
  ['a pseudo parameter', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['a parameter', { Ref: 'Level' }, 'high'],
  ['a name that was given', { Ref: 'Bus' }, 'trailmend'],
  ['the URL of a queue', { Ref: 'Queue' }, 'https://sqs.us-east-1.amazonaws.com/111122223333/TrailmendHub-Queue'],
  ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:111122223333:TrailmendHub-Queue'],
  [
    'an attribute after a dot',
    { 'Fn::GetAtt': 'Role.Arn' },
    expect.stringMatching(/^arn:aws:iam::111122223333:role\/x\/TrailmendHub-Role-[0-9A-F]{12}$/),
  ],
  [
    'a rule of a custom bus',
    { 'Fn::GetAtt': ['Rule', 'Arn'] },
    'arn:aws:events:us-east-1:111122223333:rule/trailmend/TrailmendHub-Rule',
  ],
  ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Level' }, 'b']] }, 'a-high-b'],
  ['Fn::Split and Fn::Select', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  [
    'Fn::Sub',
    { 'Fn::Sub': `x-\${AWS::Region}-\${Queue.QueueName}-\${!kept}` },
    `x-us-east-1-TrailmendHub-Queue-\${kept}`,
  ],
  ['Fn::Sub with variables', { 'Fn::Sub': [`\${A}-\${Level}`, { A: { Ref: 'AWS::Partition' } }] }, 'aws-high'],
  ['Fn::If', { 'Fn::If': ['IsHigh', 'yes', 'no'] }, 'yes'],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Colours', 'red', 'hex'] }, '#f00'],
  [
    'AWS::NoValue',
    { a: { 'Fn::If': ['IsLow', 1, { Ref: 'AWS::NoValue' }] }, b: [1, { Ref: 'AWS::NoValue' }] },
    { b: [1] },
  ],
  [
    'what is no intrinsic',
    { Condition: { StringEquals: { a: ['b'] } } },
    { Condition: { StringEquals: { a: ['b'] } } },
  ],
])('resolves %s', (_, value, expected) => {
  expect(resolve(value)).toEqual(expected);
});

test.each<[string, unknown, string]>([
  ['an unknown intrinsic', { 'Fn::ImportValue': 'x' }, 'Template, Thing: the sandbox does not know Fn::ImportValue'],
  ['a resource that does not exist', { Ref: 'Nobody' }, 'Template, Thing: the sandbox cannot resolve Ref Nobody'],
  ['an attribute that does not exist', { 'Fn::GetAtt': ['Queue', 'Colour'] }, 'cannot resolve Fn::GetAtt Queue.Colour'],
  ['a resource of a type it does not know', { Ref: 'Bucket' }, 'cannot resolve Ref Bucket'],
  ['an index past the end', { 'Fn::Select': [5, ['a']] }, 'Fn::Select finds nothing at 5'],
  ['a condition that does not exist', { 'Fn::If': ['Nope', 1, 2] }, 'condition Nope does not exist'],
])('fails for %s and says where', (_, value, message) => {
  expect(() => resolve(value)).toThrow(message);
});

test('evaluates conditions', () => {
  expect(['IsHigh', 'IsLow', 'Both', 'Either'].map((name) => holds(scope, name))).toEqual([true, false, false, true]);
});
