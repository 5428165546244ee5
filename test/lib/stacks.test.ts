import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { cloudTrailRefusals, neighbourRefusals } from '../../lib/event-patterns';
import { STACK_SET_NAME } from '../../lib/member-forwarders';
import { readSettings } from '../../lib/settings';
import { createStacks } from '../../lib/stacks';
import { Trailmend } from '../../lib/trailmend';
import { stackOf, stacksOf } from './app-stacks';
import { hubStack, plain, type Resource, resourcesOf, testApp } from './hub-template';

const MANAGEMENT_ACCOUNT = '111122223333';
const ORGANIZATION = {
  organizationId: 'o-exampleorgid',
  homeRegion: 'us-east-1',
  regions: ['eu-west-1', 'eu-central-1'],
  organizationalUnits: ['r-abcd'],
};

/** The properties of the one StackSet. */
function stackSet(settings: object) {
  const [[, set] = [], ...others] = resourcesOf(
    Template.fromStack(stackOf(settings, 'TrailmendMembers')),
    'AWS::CloudFormation::StackSet',
  );
  if (!set || others.length > 0) throw new Error('There is not exactly one StackSet.');
  return set.Properties;
}

/** The template that members get, as CloudFormation makes it in the management account. */
function memberText(settings: object): string {
  const { TemplateBody } = stackSet(settings);
  return String(plain(TemplateBody)).replaceAll('<AccountId>', MANAGEMENT_ACCOUNT);
}

const namesOf = (settings: object) => stacksOf(settings).map(({ stackName }) => stackName);
const regionsOf = (settings: object) => stacksOf(settings).map(({ region }) => region);

describe('the stacks', () => {
  it.each([
    ['one account and Region', {}, ['TrailmendHub']],
    ['one account and a named Region', { homeRegion: 'us-east-1' }, ['TrailmendHub']],
    [
      'several Regions of the management account',
      { homeRegion: 'eu-west-1', regions: ['us-east-1'] },
      ['TrailmendHub', 'TrailmendForwarder-us-east-1'],
    ],
    [
      'the organization',
      ORGANIZATION,
      ['TrailmendHub', 'TrailmendForwarder-eu-west-1', 'TrailmendForwarder-eu-central-1', 'TrailmendMembers'],
    ],
    ['members in one Region', { ...ORGANIZATION, regions: [] }, ['TrailmendHub', 'TrailmendMembers']],
    [
      'GovCloud',
      { homeRegion: 'us-gov-east-1', regions: ['us-gov-west-1'] },
      ['TrailmendHub', 'TrailmendForwarder-us-gov-west-1'],
    ],
  ])('for %s are as many as needed', (_, settings, names) => {
    expect(namesOf(settings)).toEqual(names);
  });

  it('are each in its Region, the members in the home Region', () => {
    expect(regionsOf(ORGANIZATION)).toEqual(['us-east-1', 'eu-west-1', 'eu-central-1', 'us-east-1']);
  });

  it('all wait for the hub, whose bus must admit them first', () => {
    for (const stack of stacksOf(ORGANIZATION).slice(1)) {
      expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['TrailmendHub']);
    }
  });

  it('are the same when synthesized twice, with or without what the command line adds', () => {
    const templates = (context: object) => {
      const app = new App({ postCliContext: { ...testApp().node.getAllContext(), ...context } });
      createStacks(app, readSettings({ trailmend: ORGANIZATION }));
      return app.synth().stacks.map(({ template }) => template);
    };
    const bodies = (context: object) =>
      templates(context)
        .flatMap(({ Resources }) => Object.values(Resources as Record<string, Resource>))
        .flatMap(({ Properties }) => Properties?.TemplateBody ?? []);

    const once = templates({});
    expect(once).toHaveLength(4);
    expect(JSON.stringify(templates({}))).toBe(JSON.stringify(once));
    expect(bodies({ 'aws:cdk:enable-path-metadata': true })).toEqual(bodies({}));
    expect(bodies({})).toHaveLength(1);
  });
});

describe('what stays when everything is removed', () => {
  const kept = (settings: object) =>
    stacksOf(settings)
      .flatMap((stack) => Object.values(Template.fromStack(stack).toJSON().Resources as Record<string, Resource>))
      .filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'))
      .map(({ Type }) => Type);

  it('is what holds records and their key, each with its command in the docs; a trial leaves nothing', () => {
    const page = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
    const [uninstall = ''] = /^## Uninstall$[\s\S]*?(?=^## )/m.exec(page) ?? [];
    const commands = [
      ['AWS::DynamoDB::GlobalTable', 'aws dynamodb delete-table'],
      ['AWS::KMS::Key', 'aws kms schedule-key-deletion'],
      ['AWS::Logs::LogGroup', 'aws logs delete-log-group'],
    ] as const;

    expect([...new Set(kept(ORGANIZATION))].sort()).toEqual(commands.map(([type]) => type));
    for (const [, command] of commands) {
      expect(uninstall).toContain(command);
    }
    expect(kept({ ...ORGANIZATION, removalPolicy: 'destroy' })).toEqual([]);
  });

  it('goes by the names that the docs give', () => {
    const page = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');

    for (const { stackName } of stacksOf(ORGANIZATION)) {
      expect(page).toContain(stackName.replace(/-.*/, '-<region>'));
    }
    expect(page).toContain(`\`${STACK_SET_NAME}\``);
  });
});

describe('a forwarder in another Region of the management account', () => {
  const template = Template.fromStack(stackOf(ORGANIZATION, 'TrailmendForwarder-eu-west-1'));

  it('is the definition that members get, and sends to the hub of its own account', () => {
    const own = JSON.stringify(plain(template.toJSON().Resources));
    const members = JSON.stringify(plain(JSON.parse(memberText(ORGANIZATION)).Resources));
    const alike = (text: string) =>
      text
        .replaceAll('<Partition>', 'aws')
        .replaceAll(`us-east-1:${MANAGEMENT_ACCOUNT}`, 'us-east-1:<AccountId>')
        .replaceAll(/AllowEventRule\w+(CloudTrail|Neighbours)\w+/g, 'AllowEventRule$1');

    expect(alike(own)).toBe(alike(members));
    expect(own).toContain('arn:aws:events:us-east-1:<AccountId>:event-bus/trailmend');
  });

  it('needs no bootstrap of its Region', () => {
    expect(Object.keys(template.toJSON())).toEqual(['Description', 'Resources']);
  });

  it('has the ARNs of its partition', () => {
    const settings = { homeRegion: 'us-gov-west-1', regions: ['us-gov-east-1'] };
    const forwarder = Template.fromStack(stackOf(settings, 'TrailmendForwarder-us-gov-east-1'));

    expect(JSON.stringify(plain(forwarder.toJSON()))).toContain(
      'arn:aws-us-gov:events:us-gov-west-1:<AccountId>:event-bus/trailmend',
    );
    expect(JSON.stringify(forwarder.toJSON())).not.toContain('arn:aws:');
  });
});

describe('the StackSet', () => {
  it('goes to every member at once, to those that join as well, and never rolls back', () => {
    expect(stackSet(ORGANIZATION)).toMatchObject({
      StackSetName: STACK_SET_NAME,
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'SELF',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      ManagedExecution: { Active: true },
      Capabilities: ['CAPABILITY_IAM'],
      OperationPreferences: {
        FailureTolerancePercentage: 100,
        MaxConcurrentPercentage: 100,
        RegionConcurrencyType: 'PARALLEL',
      },
    });
  });

  it.each([
    ['the root', {}, { OrganizationalUnitIds: ['r-abcd'] }],
    [
      'organizational units',
      { organizationalUnits: ['ou-abcd-11111111', 'ou-abcd-22222222'] },
      { OrganizationalUnitIds: ['ou-abcd-11111111', 'ou-abcd-22222222'] },
    ],
    [
      'some accounts',
      { autoDeployment: false, accountFilter: { include: ['222233334444'] } },
      { OrganizationalUnitIds: ['r-abcd'], Accounts: ['222233334444'], AccountFilterType: 'INTERSECTION' },
    ],
    [
      'all accounts but some',
      { autoDeployment: false, accountFilter: { exclude: ['222233334444'] } },
      { OrganizationalUnitIds: ['r-abcd'], Accounts: ['222233334444'], AccountFilterType: 'DIFFERENCE' },
    ],
  ])('goes to %s, in every Region that is heard', (_, settings, targets) => {
    expect(stackSet({ ...ORGANIZATION, ...settings }).StackInstancesGroup).toEqual([
      { Regions: ['us-east-1', 'eu-west-1', 'eu-central-1'], DeploymentTargets: targets },
    ]);
  });

  it('says nothing of kept stacks where deployment is not automatic, which AWS refuses', () => {
    expect(stackSet({ ...ORGANIZATION, autoDeployment: false }).AutoDeployment).toEqual({ Enabled: false });
  });
});

describe('the template of members', () => {
  const text = memberText(ORGANIZATION);
  const { Resources: resources, ...others } = JSON.parse(text);
  const types = Object.values(resources as Record<string, { Type: string }>).map(({ Type }) => Type);

  it('has no parameters, rules, conditions, outputs or metadata, which a StackSet would have to be given', () => {
    expect(Object.keys(others)).toEqual(['Description']);
    expect(text).not.toContain('"Metadata"');
  });

  it('has two rules, a role and a queue, and neither assets nor alarms', () => {
    expect(types.sort()).toEqual([
      'AWS::Events::Rule',
      'AWS::Events::Rule',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
    ]);
    expect(text).not.toMatch(/cdk-|S3Bucket|S3Key|bootstrap/);
  });

  it('names no role, so CAPABILITY_IAM is enough', () => {
    expect(text).not.toMatch(/"(?:RoleName|ManagedPolicyName|UserName|GroupName|QueueName|Path)"/);
  });

  it('is small enough to stand in another template', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(51_200);
  });

  it('has its role in the target, as buses of other accounts need it, and both patterns with reads', () => {
    const rules = Object.values(resources as Record<string, { Type: string; Properties: Record<string, unknown> }>)
      .filter(({ Type }) => Type === 'AWS::Events::Rule')
      .map(({ Properties }) => Properties);

    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([cloudTrailRefusals, neighbourRefusals]);
    for (const { State, Targets, RoleArn } of rules) {
      expect(State).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
      expect(RoleArn).toBeUndefined();
      expect(plain(Targets)).toEqual([
        {
          Id: 'Target0',
          Arn: `arn:<Partition>:events:us-east-1:${MANAGEMENT_ACCOUNT}:event-bus/trailmend`,
          RoleArn: expect.stringMatching(/^<ForwarderRole\w+\.Arn>$/),
          DeadLetterConfig: { Arn: expect.stringMatching(/^<ForwarderDeadLetters\w+\.Arn>$/) },
        },
      ]);
    }
  });

  it('knows the hub by the account that deploys it, and itself by its own account', () => {
    const { TemplateBody } = stackSet(ORGANIZATION);
    const references = TemplateBody['Fn::Join'][1].filter((part: unknown) => typeof part !== 'string');

    expect(references).toEqual(Array(3).fill({ Ref: 'AWS::AccountId' }));
    expect(text).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
    expect(text).not.toContain('000000000000');
  });
});

describe('the home Region', () => {
  it('is that of the stack, or nothing is synthesized', () => {
    const app = testApp();
    createStacks(app, readSettings({ trailmend: { homeRegion: 'us-east-1' } }));
    const [hub] = app.node.children;

    const elsewhere = () => new Trailmend(hub as Stack, 'Another', { homeRegion: 'eu-west-1', regions: ['us-east-1'] });
    expect(elsewhere).toThrow('The stack is in us-east-1, homeRegion is "eu-west-1"; give the Region of the stack.');
  });

  it('brings a question where no document says where global services are recorded', () => {
    const [hub] = stacksOf({ homeRegion: 'cn-north-1' });

    Annotations.fromStack(hub as Stack).hasInfo('*', Match.stringLikeRegexp('No document says in which Region'));
    Annotations.fromStack(hubStack({ homeRegion: 'us-east-1' })).hasNoInfo('*', Match.stringLikeRegexp('No document'));
  });
});
