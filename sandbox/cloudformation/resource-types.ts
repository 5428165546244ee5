import { readPolicy } from '../iam/read-policy';
import { deployFunction, deployQueue, deployRole, deployRule } from './main-resources';
import { attachPolicy, type Deployable, found, type Site } from './site';
import { deployTable } from './table';

type Deploy = (site: Site, resource: Deployable) => void;

/** How each type of resource is deployed, in this order: a resource comes after those it is attached to. */
export const RESOURCE_TYPES: Readonly<Record<string, Deploy>> = {
  'AWS::Events::EventBus': ({ deployment }, { ref, arn, properties }) => {
    deployment.buses.set(arn, ref);
    if (properties.raw('Policy')) attachPolicy(deployment, arn, properties.raw('Policy'), properties);
  },
  'AWS::KMS::Key': ({ deployment }, { ref, arn, properties }) => {
    deployment.keys.set(ref, arn);
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
    topic.subscriptions.push({ protocol: properties.required('Protocol'), endpoint: properties.required('Endpoint') });
  },
  'AWS::IAM::Role': deployRole,
  'AWS::IAM::Policy': ({ deployment }, { properties }) => {
    for (const name of properties.list('Roles')) {
      const role = [...deployment.roles.values()].find((each) => each.name === name);
      const statements = readPolicy(properties.raw('PolicyDocument'), properties.where);
      found(role, properties, 'Roles').statements.push(...statements);
    }
  },
  'AWS::Lambda::Function': deployFunction,
  'AWS::Lambda::EventSourceMapping': ({ deployment }, { properties }) => {
    deployment.mappings.push({
      queueArn: properties.required('EventSourceArn'),
      functionName: properties.required('FunctionName').split(':').at(-1) ?? '',
      batchSize: properties.number('BatchSize', 10),
      // Without a limit Lambda starts with five batches at once:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
      maxConcurrency: properties.inner('ScalingConfig').number('MaximumConcurrency', 5),
      reportsFailedItems: properties.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    });
  },
  'AWS::Events::EventBusPolicy': ({ deployment }, { properties }) => {
    const name = properties.required('EventBusName');
    const [arn] = [...deployment.buses].find(([, bus]) => bus === name) ?? [];
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
};
