import { type Pattern, readPattern } from '../eventbridge/pattern';
import { readPolicy } from '../iam/read-policy';
import { Queue } from '../sqs/queue';
import type { Rule, Target } from './deployment';
import type { Properties } from './properties';
import { busNameOf } from './references';
import { type Deployable, found, type Site } from './site';

/** A queue, with its redrive. */
export function deployQueue({ deployment, clock }: Site, { arn, properties }: Deployable): void {
  const redrive = properties.raw('RedrivePolicy') === undefined ? null : properties.inner('RedrivePolicy');
  const deadLetters = redrive && deployment.queues.get(redrive.required('deadLetterTargetArn'));
  const settings = {
    name: arn.split(':').at(-1) ?? '',
    visibilityTimeoutSeconds: properties.number('VisibilityTimeout', 30),
    retentionSeconds: properties.number('MessageRetentionPeriod', 4 * 24 * 3600),
    redrive: redrive && {
      deadLetters: found(deadLetters, redrive, 'deadLetterTargetArn'),
      maxReceiveCount: redrive.number('maxReceiveCount', 10),
    },
  };
  deployment.queues.set(arn, new Queue(settings, clock));
}

/** A role, with its trust and inline policies. */
export function deployRole({ deployment }: Site, { ref, arn, properties }: Deployable): void {
  const managed = properties.list('ManagedPolicyArns');
  if (managed.length > 0)
    throw new Error(`Template, ${properties.where}: the sandbox does not know ${managed.join(', ')}`);
  const statements = properties
    .inners('Policies')
    .flatMap((policy) => readPolicy(policy.raw('PolicyDocument'), policy.where));
  const trust = readPolicy(properties.raw('AssumeRolePolicyDocument'), properties.where);
  deployment.roles.set(arn, { arn, name: ref, trust, statements });
}

/** A function, with the folder of its asset. */
export function deployFunction({ deployment, assets }: Site, { ref, arn, properties }: Deployable): void {
  const key = properties.inner('Code').required('S3Key');
  deployment.functions.set(arn, {
    name: ref,
    arn,
    handler: properties.required('Handler'),
    code: found(assets.get(key), properties, 'Code'),
    environment: properties.inner('Environment').texts('Variables'),
    timeoutSeconds: properties.number('Timeout', 3),
    memoryMegabytes: properties.number('MemorySize', 128),
    roleArn: properties.required('Role'),
    logGroup: properties.inner('LoggingConfig').text('LogGroup') ?? `/aws/lambda/${ref}`,
  });
}

/** A rule, with its pattern or schedule and its targets. */
export function deployRule({ deployment, at }: Site, { ref, arn, properties }: Deployable): void {
  const bus = busNameOf(properties.text('EventBusName'));
  const busArn = `arn:${at.partition}:events:${at.region}:${at.account}:event-bus/${bus}`;
  const pattern = properties.raw('EventPattern');
  const eventPattern = pattern === undefined ? null : JSON.stringify(pattern);
  const rule: Rule = {
    name: ref,
    arn,
    description: properties.text('Description') ?? '',
    busArn,
    state: properties.text('State') ?? 'ENABLED',
    targets: properties.inners('Targets').map(readTarget),
    eventPattern,
    pattern: eventPattern === null ? null : patternOf(eventPattern),
    schedule: properties.text('ScheduleExpression'),
    everyMinutes: minutesOf(properties),
  };
  deployment.rules.set(busArn, [...(deployment.rules.get(busArn) ?? []), rule]);
}

function readTarget(target: Properties): Target {
  for (const name of ['InputPath', 'InputTransformer']) {
    if (target.raw(name)) throw new Error(`Template, ${target.where}: the sandbox does not know ${name}`);
  }
  return {
    id: target.required('Id'),
    arn: target.required('Arn'),
    roleArn: target.text('RoleArn'),
    deadLettersArn: target.inner('DeadLetterConfig').text('Arn'),
    input: target.text('Input'),
  };
}

const patterns = new Map<string, Pattern>();

/** A pattern, read once: forwarders everywhere have the same. */
export function patternOf(text: string): Pattern {
  const pattern = patterns.get(text) ?? readPattern(JSON.parse(text));
  patterns.set(text, pattern);
  return pattern;
}

/** How often a rule fires by itself; null when it has no schedule. */
function minutesOf(properties: Properties): number | null {
  const schedule = properties.text('ScheduleExpression');
  if (schedule === null) return null;
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  const minutes = { minute: 1, hour: 60, day: 1440 }[unit];
  if (!minutes) throw new Error(`Template, ${properties.where}: the sandbox knows rates only, not ${schedule}`);
  return Number(count) * minutes;
}
