import { hubTemplate, plain, resourceOf, resourcesOf } from './hub-template';

type Statement = {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: object;
};

const template = hubTemplate();
const policies = resourcesOf(template, 'AWS::IAM::Policy').map(([, { Properties }]) => Properties);
const policy = resourceOf(template, 'AWS::IAM::Policy', 'ResponderRole').Properties;
const statements = plain(policy.PolicyDocument.Statement) as Statement[];

const slr = (path: string) => `arn:<Partition>:iam::<AccountId>:role/aws-service-role/${path}`;
const first = slr('cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrail');
const second = slr('context.cloudtrail.amazonaws.com/AWSServiceRoleForCloudTrailEventContext');
const byName = (name: string) => `arn:<Partition>:iam::<AccountId>:role/${name}`;
const ref = (id: string) => expect.stringMatching(new RegExp(`^<${id}[0-9A-F]{8}(\\.Arn)?>$`));

/** All that the responder may do. A new permission belongs here, with the reason in `docs/permissions.md`. */
const EXPECTED: [string[], unknown, object?][] = [
  [['logs:CreateLogStream', 'logs:PutLogEvents'], ref('ResponderLog')],
  [['sns:Publish'], ref('NoticesTopic')],
  [['kms:Decrypt', 'kms:GenerateDataKey*'], ref('NoticesKey')],
  [['GetItem', 'PutItem', 'Query', 'UpdateItem'].map((a) => `dynamodb:${a}`), ref('IncidentsTable')],
  [
    ['dynamodb:Query'],
    ['arrivals', 'due'].map((index) =>
      expect.stringMatching(new RegExp(`^<IncidentsTable[0-9A-F]{8}\\.Arn>/index/${index}$`)),
    ),
  ],
  [['iam:CreateServiceLinkedRole'], first, { 'iam:AWSServiceName': 'cloudtrail.amazonaws.com' }],
  [['iam:CreateServiceLinkedRole'], second, { 'iam:AWSServiceName': 'context.cloudtrail.amazonaws.com' }],
  [
    ['iam:GetRole'],
    [byName('AWSServiceRoleForCloudTrail'), byName('AWSServiceRoleForCloudTrailEventContext'), first, second],
  ],
  [['organizations:DescribeAccount'], 'arn:<Partition>:organizations::<AccountId>:account/o-*/*'],
  [['cloudtrail:DescribeTrails'], '*'],
  [
    ['organizations:ListDelegatedAdministrators'],
    '*',
    { 'organizations:ServicePrincipal': 'cloudtrail.amazonaws.com' },
  ],
  [
    ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
      (a) => `sqs:${a}`,
    ),
    ref('RefusalsQueue'),
  ],
];

describe('the role of the responder', () => {
  it('may do exactly what is listed, on the resources and conditions listed', () => {
    expect(statements.map(({ Sid, ...statement }) => statement)).toEqual(
      EXPECTED.map(([actions, resource, equals]) => ({
        Effect: 'Allow',
        Action: actions.length === 1 ? actions[0] : actions,
        Resource: resource,
        ...(equals && { Condition: { StringEquals: equals } }),
      })),
    );
  });

  it('has no managed policy and no other policy, and only Lambda assumes it', () => {
    const role = resourceOf(template, 'AWS::IAM::Role', 'ResponderRole').Properties;

    expect(role).not.toHaveProperty('ManagedPolicyArns');
    expect(role).not.toHaveProperty('Policies');
    expect(policies.filter(({ Roles }) => JSON.stringify(Roles).includes('ResponderRole'))).toHaveLength(1);
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
  });
});

describe('all roles of the hub', () => {
  const actions = policies.flatMap(({ PolicyDocument }) =>
    (PolicyDocument.Statement as Statement[]).flatMap(({ Action }) => Action),
  );

  it('create and read service-linked roles, and have no other power over IAM', () => {
    const iam = actions.filter((action) => action.startsWith('iam:') || action.startsWith('*'));

    expect([...new Set(iam)].sort()).toEqual(['iam:CreateServiceLinkedRole', 'iam:GetRole']);
  });
});
