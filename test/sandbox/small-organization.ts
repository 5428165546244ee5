import type { SynthesizedApp } from '../../sandbox/cloudformation/deploy';
import type { Template } from '../../sandbox/cloudformation/template';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import type { Envelope } from '../../sandbox/eventbridge/envelope';
import { HUB, ORGANIZATION_ID, REGIONS, ROOT_ID } from '../../sandbox/organization/accounts';
import { iamUser } from '../../sandbox/organization/identity';
import type { Place } from '../../sandbox/organization/place';
import { Sandbox } from '../../sandbox/sandbox';
import { apiCallEvent } from '../../sandbox/scenario/record';

/** ARN of the hub bus. */
export const BUS = `arn:aws:events:us-east-1:${HUB.account}:event-bus/trailmend`;
/** ARN of the queue behind the hub bus. */
export const QUEUE = `arn:aws:sqs:us-east-1:${HUB.account}:TrailmendHub-Queue`;
/** A place with a forwarder of the stack set. */
export const PAYMENTS: Place = { account: '333344445555', region: 'eu-west-1' };
/** A place with a forwarder of a stack. */
export const IRELAND: Place = { account: HUB.account, region: 'eu-west-1' };

export const allow = (Action: string, rest: object) => ({ Effect: 'Allow', Action, ...rest });
export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
export const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const EVENTS = { Service: 'events.amazonaws.com' };
const EventPattern = { source: ['aws.cloudtrail'], detail: { errorCode: [{ exists: true }] } };
const State = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/** A bus that takes events of the organization, and a rule that puts them into a queue. */
export const hub: Template = {
  Resources: {
    Bus: {
      Type: 'AWS::Events::EventBus',
      Properties: {
        Name: 'trailmend',
        Policy: policy({
          ...allow('events:PutEvents', { Principal: '*', Resource: BUS }),
          Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION_ID } },
        }),
      },
    },
    Queue: { Type: 'AWS::SQS::Queue' },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: policy(allow('sqs:SendMessage', { Principal: EVENTS, Resource: arnOf('Queue') })),
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { EventBusName: { Ref: 'Bus' }, EventPattern, State, Targets: [{ Id: 'Q', Arn: arnOf('Queue') }] },
    },
  },
};

/** A rule that sends to the hub bus, its role and its dead-letter queue. */
export const forwarder: Template = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: policy({
          ...allow('sts:AssumeRole', { Principal: EVENTS }),
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
        Policies: [{ PolicyDocument: policy(allow('events:PutEvents', { Resource: BUS })) }],
      },
    },
    DeadLetters: { Type: 'AWS::SQS::Queue' },
    DeadLettersPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'DeadLetters' }],
        PolicyDocument: policy(allow('sqs:SendMessage', { Principal: EVENTS, Resource: arnOf('DeadLetters') })),
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Description: 'Forwards (patterns 1)',
        EventPattern,
        State,
        Targets: [{ Id: 'B', Arn: BUS, RoleArn: arnOf('Role'), DeadLetterConfig: { Arn: arnOf('DeadLetters') } }],
      },
    },
  },
};

/** Properties of a stack set that deploys {@link forwarder} to every member. */
export const stackSetProperties = {
  StackSetName: 'trailmend-forwarders',
  PermissionModel: 'SERVICE_MANAGED',
  AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
  Capabilities: ['CAPABILITY_IAM'],
  StackInstancesGroup: [{ Regions: REGIONS, DeploymentTargets: { OrganizationalUnitIds: [ROOT_ID] } }],
  TemplateBody: { 'Fn::Join': ['', JSON.stringify(forwarder).split(HUB.account).flatMap(withAccount)] },
};

function withAccount(part: string, at: number): unknown[] {
  return at === 0 ? [part] : [{ Ref: 'AWS::AccountId' }, part];
}

/** The app of a small organization: a hub, a forwarder in another Region, and one in each place of each member. */
export function smallApp(stackSet: object = stackSetProperties): SynthesizedApp {
  const members = { Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { ...stackSet } } } };
  return {
    stacks: [
      { at: HUB, template: hub, assets: new Map() },
      {
        at: { ...HUB, stack: 'TrailmendForwarder-eu-west-1', region: 'eu-west-1' },
        template: forwarder,
        assets: new Map(),
      },
      { at: { ...HUB, stack: 'TrailmendMembers' }, template: members, assets: new Map() },
    ],
  };
}

/** Opens {@link smallApp}, or what a test makes of it. */
export function openSmall(app: SynthesizedApp = smallApp()): Promise<Sandbox> {
  return Sandbox.open(app, { faults: new FaultPlan([]) });
}

/** Somebody may not look at a trail. */
export function refusedRead({ account, region }: Place): Envelope {
  const errorMessage = 'User: x is not authorized to perform: cloudtrail:GetTrailStatus';
  const who = iamUser(account, 'mateo');
  const call = { at: Date.now(), who, region, service: 'cloudtrail', operation: 'GetTrailStatus' };
  return apiCallEvent({ ...call, errorCode: 'AccessDenied', errorMessage });
}
