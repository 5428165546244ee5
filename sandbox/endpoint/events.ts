import type { Rule } from '../cloudformation/deployment';
import { policyText } from '../iam/policy';
import { defaultBusArn } from '../organization/place';
import { type Call, type Operation, type Permission, type Service, textIn, type World } from './operation';
import { pageOf } from './page';
import { ServiceError } from './service-error';

/** Most rules or targets of one page: few, so that callers must page. */
const PAGE_SIZE = 4;

/** EventBridge: a look at the buses, rules and targets of the caller's account and Region. */
export const events: Service = {
  protocol: 'json',
  denialCode: 'AccessDeniedException',
  operations: {
    DescribeEventBus: {
      permissions: (call) => [{ action: 'events:DescribeEventBus', resource: busArnOf(call, 'Name') }],
      perform: (call, { deployment }) => {
        const Arn = requireBus(busArnOf(call, 'Name'), deployment);
        const policy = deployment.policies.get(Arn);
        return { Name: Arn.split('/').at(-1), Arn, ...(policy ? { Policy: policyText(policy) } : {}) };
      },
    },
    ListRules: onAny('ListRules', (call, world) => {
      const prefix = textIn(call, 'NamePrefix');
      const rules = rulesOn(call, world).filter(({ name }) => name.startsWith(prefix));
      return paged(call, 'Rules', rules.map(describe));
    }),
    ListRuleNamesByTarget: onAny('ListRuleNamesByTarget', (call, world) => {
      const target = textIn(call, 'TargetArn');
      const rules = rulesOn(call, world).filter(({ targets }) => targets.some(({ arn }) => arn === target));
      return paged(
        call,
        'RuleNames',
        rules.map(({ name }) => name),
      );
    }),
    DescribeRule: onRule('DescribeRule', 'Name', describe),
    ListTargetsByRule: onRule('ListTargetsByRule', 'Rule', ({ targets }, call) =>
      paged(call, 'Targets', targets.map(describeTarget)),
    ),
  },
};

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
function onAny(name: string, perform: Operation['perform']): Operation {
  return { permissions: () => [{ action: `events:${name}`, resource: '*' }], perform };
}

function onRule(name: string, parameter: string, answer: (rule: Rule, call: Call) => object): Operation {
  return {
    permissions: (call): Permission[] => {
      const [arn, rule] = [busArnOf(call), textIn(call, parameter)];
      const path = arn.endsWith('/default') ? rule : `${arn.split('/').at(-1)}/${rule}`;
      const resource = `arn:aws:events:${call.region}:${call.caller.account}:rule/${path}`;
      return [{ action: `events:${name}`, resource }];
    },
    perform: (call, world) => {
      const asked = textIn(call, parameter);
      const rule = rulesOn(call, world).find((each) => each.name === asked);
      if (!rule)
        throw notFound(`Rule ${asked} does not exist on EventBus ${textIn(call, 'EventBusName') || 'default'}.`);
      return { ...answer(rule, call) };
    },
  };
}

function rulesOn(call: Call, { deployment }: World): Rule[] {
  return deployment.rules.get(requireBus(busArnOf(call), deployment)) ?? [];
}

/** The bus that a call names by its name or ARN; without either the default bus. */
function busArnOf(call: Call, parameter = 'EventBusName'): string {
  const name = textIn(call, parameter);
  const place = { account: call.caller.account, region: call.region };
  if (name.startsWith('arn:')) return name;
  return defaultBusArn(place).replace(/default$/, name || 'default');
}

/** The same ARN; throws when there is no such bus. */
function requireBus(arn: string, { buses }: World['deployment']): string {
  if (!arn.endsWith('/default') && !buses.has(arn))
    throw notFound(`Event bus ${arn.split('/').at(-1)} does not exist.`);
  return arn;
}

function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

function paged(call: Call, list: string, all: readonly unknown[]) {
  const limit = Math.min(Number(call.input.Limit ?? PAGE_SIZE), PAGE_SIZE);
  const { items, next } = pageOf(all, textIn(call, 'NextToken'), limit, 'ValidationException');
  return { [list]: items, ...(next ? { NextToken: next } : {}) };
}

function describe({ name, arn, description, busArn, state, eventPattern, schedule }: Rule) {
  return {
    Name: name,
    Arn: arn,
    State: state,
    EventBusName: busArn.split('/').at(-1),
    ...(description ? { Description: description } : {}),
    ...(eventPattern === null ? {} : { EventPattern: eventPattern }),
    ...(schedule === null ? {} : { ScheduleExpression: schedule }),
  };
}

function describeTarget({ id, arn, roleArn, deadLettersArn, input }: Rule['targets'][number]) {
  return {
    Id: id,
    Arn: arn,
    ...(roleArn === null ? {} : { RoleArn: roleArn }),
    ...(input === null ? {} : { Input: input }),
    ...(deadLettersArn === null ? {} : { DeadLetterConfig: { Arn: deadLettersArn } }),
  };
}
