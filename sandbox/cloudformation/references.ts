import { createHash } from 'node:crypto';
import { resolveIn, type Scope } from './resolve';
import type { Location, Resource, Template } from './template';

/** What a resource is called once deployed: its `Ref`, and its attributes by name. */
type Names = Readonly<Record<string, string>> & { readonly Ref: string };
type NamesOf = (name: string, at: Location, resolved: (property: string) => string | null) => Names;

function arn(at: Location, service: string, rest: string): string {
  return `arn:${at.partition}:${service}:${at.region}:${at.account}:${rest}`;
}

/** Names by resource type, for the types that templates refer to. */
const NAMES: Readonly<Record<string, NamesOf>> = {
  'AWS::Events::EventBus': (name, at) => ({ Ref: name, Name: name, Arn: arn(at, 'events', `event-bus/${name}`) }),
  'AWS::Events::Rule': (name, at, resolved) => {
    const bus = busNameOf(resolved('EventBusName'));
    return { Ref: name, Arn: arn(at, 'events', bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`) };
  },
  'AWS::DynamoDB::Table': (name, at) => ({ Ref: name, Arn: arn(at, 'dynamodb', `table/${name}`) }),
  'AWS::DynamoDB::GlobalTable': (name, at) => ({ Ref: name, Arn: arn(at, 'dynamodb', `table/${name}`) }),
  'AWS::SQS::Queue': (name, at) => ({
    Ref: `https://sqs.${at.region}.amazonaws.com/${at.account}/${name}`,
    Arn: arn(at, 'sqs', name),
    QueueName: name,
  }),
  'AWS::SNS::Topic': (name, at) => ({ Ref: arn(at, 'sns', name), TopicArn: arn(at, 'sns', name), TopicName: name }),
  'AWS::KMS::Key': (name, at) => ({ Ref: name, KeyId: name, Arn: arn(at, 'kms', `key/${name}`) }),
  'AWS::IAM::Role': (name, at, resolved) => ({
    Ref: name,
    Arn: `arn:${at.partition}:iam::${at.account}:role${resolved('Path') ?? '/'}${name}`,
    RoleId: 'AROAEXAMPLE',
  }),
  'AWS::Logs::LogGroup': (name, at) => ({ Ref: name, Arn: arn(at, 'logs', `log-group:${name}:*`) }),
  'AWS::CloudFormation::StackSet': (name) => ({
    Ref: `${name}:00000000-0000-4000-8000-000000000000`,
    StackSetId: name,
  }),
  'AWS::Lambda::Function': (name, at) => ({ Ref: name, Arn: arn(at, 'lambda', `function:${name}`) }),
  'AWS::CloudWatch::Alarm': (name, at) => ({ Ref: name, Arn: arn(at, 'cloudwatch', `alarm:${name}`) }),
};

/** Properties that give a resource its name. */
const NAME_PROPERTIES = [
  'Name',
  'QueueName',
  'TopicName',
  'TableName',
  'RoleName',
  'LogGroupName',
  'FunctionName',
  'AlarmName',
  'StackSetName',
];

/** The id of a stack. */
export function stackIdOf(at: Location): string {
  const [first, second] = [hashOf(at.stack, 8), hashOf(JSON.stringify(at), 12)];
  return arn(at, 'cloudformation', `stack/${at.stack}/${first}-0000-4000-8000-${second}`);
}

/**
 * The name that CloudFormation makes up. Those of roles end in something of the Region, since a role's name counts in the
 * whole account; so long names are cut, as IAM takes 64 characters.
 */
function madeUpName(type: string, at: Location, logicalId: string): string {
  if (type !== 'AWS::IAM::Role') return `${at.stack}-${logicalId}`;
  const suffix = hashOf(`${JSON.stringify(at)}${logicalId}`, 12).toUpperCase();
  return `${at.stack.slice(0, 24)}-${logicalId.slice(0, 24)}-${suffix}`;
}

function hashOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** The name in an event bus's name or ARN; `default` when a rule names no bus. */
export function busNameOf(nameOrArn: string | null): string {
  return nameOrArn?.split('/').at(-1) ?? 'default';
}

/** The scope in which a template deployed at `location` is resolved. */
export function scopeOf(template: Template, location: Location): Scope {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': location.account,
    'AWS::Partition': location.partition,
    'AWS::Region': location.region,
    'AWS::StackName': location.stack,
    'AWS::StackId': stackIdOf(location),
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const known = new Map<string, Names>();
  const scope: Scope = {
    template,
    lookup: (logicalId, attribute) => {
      const resource = template.Resources[logicalId];
      if (resource) {
        const names = known.get(logicalId) ?? namesOf(scope, location, logicalId, resource);
        if (names) known.set(logicalId, names);
        return names?.[attribute ?? 'Ref'];
      }
      return attribute === null ? (pseudo[logicalId] ?? template.Parameters?.[logicalId]?.Default) : undefined;
    },
  };
  return scope;
}

function namesOf(scope: Scope, location: Location, logicalId: string, resource: Resource): Names | undefined {
  const resolved = (property: string) => {
    const value = resource.Properties?.[property];
    return value === undefined ? null : String(resolveIn(scope, logicalId, value));
  };
  const named = NAME_PROPERTIES.map(resolved).find((name) => name !== null);
  return NAMES[resource.Type]?.(named ?? madeUpName(resource.Type, location, logicalId), location, resolved);
}
