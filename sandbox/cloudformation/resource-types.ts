import { readPolicy } from '../iam/read-policy';
import { accountOf } from '../organization/place';
import { deployInvokeConfig, deployPermission, functionArnOf } from './lambda-resources';
import { deployFunction, deployQueue, deployRole, deployRule } from './main-resources';
import { attachPolicy, type Deployable, found, type Site } from './site';
import { deployStackSet } from './stack-set';
import { deployTable } from './table';

type Deploy = (site: Site, resource: Deployable) => void;

/** How each type of resource is deployed, in this order: a resource comes after those it is attached to. */
export const RESOURCE_TYPES: Readonly<Record<string, Deploy>> = {
  'AWS::Events::EventBus': ({ deployment }, { ref, arn, properties }) => {
    deployment.buses.set(arn, ref);
    if (properties.raw('Policy')) attachPolicy(deployment, arn, properties.raw('Policy'), properties);
  },
  'AWS::KMS::Key': ({ deployment }, { arn, properties }) => {
    deployment.keys.add(arn);
    attachPolicy(deployment, arn, properties.raw('KeyPolicy'), properties);
  },
  'AWS::DynamoDB::Table': deployTable,
  'AWS::DynamoDB::GlobalTable': deployTable,
  'AWS::SQS::Queue': deployQueue,
  'AWS::SNS::Topic': ({ deployment }, { ref, properties }) => {
    deployment.topics.set(ref, { arn: ref, key: properties.text('KmsMasterKeyId'), subscriptions: [] });
  },
  'AWS::SNS::Subscription': ({ deployment }, { properties }) => {
    const topic = found(deployment.topics.get(properties.required('TopicArn')), properties, 'TopicArn');
    const [protocol, endpoint] = [properties.required('Protocol'), properties.required('Endpoint')];
    topic.subscriptions.push({ protocol, endpoint, isConfirmed: true });
  },
  'AWS::IAM::Role': deployRole,
  'AWS::IAM::Policy': ({ deployment, at }, { properties }) => {
    const roles = [...deployment.roles.values()].filter(({ arn }) => accountOf(arn) === at.account);
    for (const name of properties.list('Roles')) {
      const role = roles.find((each) => each.name === name);
      const statements = readPolicy(properties.raw('PolicyDocument'), properties.where);
      found(role, properties, 'Roles').statements.push(...statements);
    }
  },
  'AWS::Lambda::Function': deployFunction,
  'AWS::Lambda::Permission': deployPermission,
  'AWS::Lambda::EventInvokeConfig': deployInvokeConfig,
  'AWS::Lambda::EventSourceMapping': ({ deployment, at }, { properties }) => {
    deployment.mappings.push({
      queueArn: properties.required('EventSourceArn'),
      functionArn: functionArnOf(at, properties),
      batchSize: properties.number('BatchSize', 10),
      // Without a limit Lambda starts with five batches at once:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
      maxConcurrency: properties.inner('ScalingConfig').number('MaximumConcurrency', 5),
      reportsFailedItems: properties.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    });
  },
  'AWS::Events::EventBusPolicy': ({ deployment, at }, { properties }) => {
    const name = properties.required('EventBusName');
    const buses = [...deployment.buses].filter(([arn]) => accountOf(arn) === at.account);
    const [arn] = buses.find(([, bus]) => bus === name) ?? [];
    attachPolicy(
      deployment,
      found(arn, properties, 'EventBusName'),
      { Statement: properties.raw('Statement') },
      properties,
    );
  },
  'AWS::SQS::QueuePolicy': ({ deployment, at }, { properties }) => {
    for (const url of properties.list('Queues')) {
      const arn = `arn:${at.partition}:sqs:${at.region}:${at.account}:${String(url).split('/').at(-1)}`;
      attachPolicy(deployment, arn, properties.raw('PolicyDocument'), properties);
    }
  },
  'AWS::SNS::TopicPolicy': ({ deployment }, { properties }) => {
    for (const arn of properties.list('Topics')) {
      attachPolicy(deployment, String(arn), properties.raw('PolicyDocument'), properties);
    }
  },
  'AWS::Events::Rule': deployRule,
  'AWS::CloudWatch::Alarm': ({ deployment }, { ref, arn, properties }) => {
    deployment.alarms.push({ name: ref, arn, actions: properties.list('AlarmActions').map(String) });
  },
  'AWS::CloudFormation::StackSet': deployStackSet,
};
