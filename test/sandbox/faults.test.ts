import { FaultPlan } from '../../sandbox/endpoint/faults';

test('a fault meets as many calls of its operation as it says', () => {
  const plan = new FaultPlan(['iam:CreateServiceLinkedRole=throttle*2', 'sns:Publish=lost']);
  const take = (service: string, operation: string) =>
    plan.take({ service, operation, region: 'us-east-1', input: {} }, false);

  expect([1, 2, 3].map(() => take('iam', 'CreateServiceLinkedRole'))).toEqual(['throttle', 'throttle', null]);
  expect([1, 2].map(() => take('sns', 'Publish'))).toEqual(['lost', null]);
  expect(take('iam', 'GetRole')).toBeNull();
});

test('faults of one operation come in the order they were given', () => {
  const plan = new FaultPlan(['sns:Publish=error', 'sns:Publish=refuse']);

  expect(
    [1, 2].map(() => plan.take({ service: 'sns', operation: 'Publish', region: 'us-east-1', input: {} }, false)),
  ).toEqual(['error', 'refuse']);
});

test('stale counts only while there is a role that is not seen', () => {
  const plan = new FaultPlan(['iam:GetRole=stale']);

  expect(
    [false, true, true].map((exists) =>
      plan.take({ service: 'iam', operation: 'GetRole', region: 'us-east-1', input: {} }, exists),
    ),
  ).toEqual([null, 'stale', null]);
});

test.each([
  ['nonsense', 'this is not a fault'],
  ['iam:GetRole', 'this is not a fault'],
  ['iam:GetRole=throttle*0', 'this is not a fault'],
  ['iam:GetRole=throttle*x', 'this is not a fault'],
  [
    'ec2:RunInstances=throttle',
    'unknown service "ec2", known are athena, cloudformation, cloudtrail, cloudwatch, dynamodb, events, iam, kms, organizations, s3, sns, sqs, sts',
  ],
  ['iam:DeleteRole=throttle', 'iam has GetRole, CreateServiceLinkedRole here, not "DeleteRole"'],
  ['iam:GetRole=explode', 'unknown fault "explode"'],
  ['sns:Publish=stale', 'sns:Publish is never stale'],
])('%s is refused with the grammar', (spec, reason) => {
  expect(() => new FaultPlan([spec])).toThrow(
    `--fail ${spec}: ${reason}. Write service:Operation=fault*times, such as`,
  );
});
