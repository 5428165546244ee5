import { Template } from 'aws-cdk-lib/assertions';
import { SERVICE_LINKED_ROLES } from '../../lambda/plan/service-linked-roles';
import { FORWARDER_REASONS } from '../../lib/forwarder';
import { ForwarderStack } from '../../lib/forwarder-stack';
import { BUS_REASONS, hubBusArn } from '../../lib/hub-bus';
import { TOPIC_REASONS } from '../../lib/notice-topic';
import { PROBE_FUNCTION_REASONS } from '../../lib/probe';
import { PROBE_REASONS } from '../../lib/probe-permissions';
import { QUEUE_REASONS } from '../../lib/refusal-queue';
import { RESPONDER_REASONS } from '../../lib/responder-permissions';
import { hubTemplate, type Resource, testApp } from '../../test/lib/hub-template';
import { policiesOf, type Statement, statementsOf } from './policies';

import { code, generatedHead, table } from './write-markdown';

type Resources = Readonly<Record<string, Resource>>;
type Reasons = Readonly<Record<string, string>>;

/** Why the statements of each policy are there: by the beginning of the id of the role or resource that has them. */
const REASONS: readonly (readonly [prefix: string, what: string, reasons: Reasons])[] = [
  ['ResponderRole', 'The responder, the function that answers refused calls', RESPONDER_REASONS],
  ['ProbeRole', 'The probe, the function that watches Trailmend itself', PROBE_REASONS],
  ['CanaryRole', 'The canary, whose calls are meant to be refused', {}],
  ['HomeForwarderRole', 'The forwarder of the home Region, which EventBridge uses', FORWARDER_REASONS],
  ['Bus', 'The bus', BUS_REASONS],
  ['RefusalsDeadLetters', 'The dead-letter queue', QUEUE_REASONS],
  ['RefusalsQueue', 'The queue', QUEUE_REASONS],
  ['ProbeFunction', 'The function of the probe', PROBE_FUNCTION_REASONS],
  ['NoticesTopic', 'The topic of the notices', TOPIC_REASONS],
  ['NoticesKey', 'The key of the topic', TOPIC_REASONS],
  ['ForwarderRole', 'The forwarder, which EventBridge uses there', FORWARDER_REASONS],
  ['ForwarderDeadLetters', 'The dead-letter queue of a forwarder', QUEUE_REASONS],
];

const INTRO = `Every right of the deployed stacks, as they are synthesized, each with the reason for it. \`<Name>\` stands for a resource of the
stack, \`<AccountId>\`, \`<Region>\` and \`<Partition>\` for those it is deployed into. The example organization is \`o-exampleorgid\`;
without \`organizationId\` the bus has no policy.

No role may change a policy, a role, a user, a group, a trail or the organization. The only thing that can be created is
${SERVICE_LINKED_ROLES.map(({ name }) => code(name)).join(' or ')}. The canary's role has no right at all, and only the
probe may assume it: AWS refuses its calls, which shows that refused calls are heard.`;

/** Account of the hub in the example. */
const HUB_ACCOUNT = '111122223333';

const ELSEWHERE = `One template, which goes into every other Region of the management account and, by the StackSet, into every Region of every member
account. \`${HUB_ACCOUNT}\` stands for the management account, \`us-east-1\` for the home Region.`;

/** The page of all rights: of every role and in every policy of a resource, from the synthesized templates. */
export function permissionsPage(): string {
  const hub = hubTemplate({
    organizationId: 'o-exampleorgid',
    homeRegion: 'us-east-1',
    organizationalUnits: ['r-example'],
  });
  const elsewhere = new ForwarderStack(testApp(), 'Elsewhere', {
    hubBusArn: hubBusArn('aws', 'us-east-1', HUB_ACCOUNT),
  });
  return [
    generatedHead('Permissions', 'the synthesized templates and the reasons in `lib/`'),
    `${INTRO}\n`,
    ...sectionsOf(hub.toJSON().Resources, ['What the roles may do', 'What others may do with its resources']),
    `## Every other account and Region\n`,
    `${ELSEWHERE}\n`,
    ...sectionsOf(Template.fromStack(elsewhere).toJSON().Resources, null),
  ].join('\n');
}

/** Of one template: first every role, also those without any right, then every resource that lets others in. */
function sectionsOf(resources: Resources, headings: readonly [roles: string, others: string] | null): string[] {
  const rank = (holder: string) => REASONS.findIndex(([prefix]) => holder.startsWith(prefix));
  const policies = policiesOf(resources);
  const isRole = (id: string) => resources[id]?.Type === 'AWS::IAM::Role';
  const idle = Object.keys(resources).filter((id) => isRole(id) && !policies.some(({ holder }) => holder === id));
  const sorted = [...policies, ...idle.map((holder) => ({ holder, statements: [] }))].sort(
    (one, other) => rank(one.holder) - rank(other.holder),
  );
  const [roles = [], others = []] = headings?.map((heading) => [`## ${heading}\n`]) ?? [];
  return [
    ...roles,
    ...sorted
      .filter(({ holder }) => isRole(holder))
      .map(({ holder, statements }) => roleSection(holder, statements, resources[holder])),
    ...others,
    ...sorted
      .filter(({ holder }) => !isRole(holder))
      .map(({ holder, statements }) => resourceSection(holder, statements)),
  ];
}

function roleSection(holder: string, statements: readonly Statement[], role: Resource | undefined): string {
  const { what, reasons } = reasonsFor(holder);
  const rows = statements.map((statement) => [
    statement.actions.map(code).join('\n'),
    statement.resources.map(code).join('\n'),
    statement.condition,
    reasonOf(statement, reasons, holder),
  ]);
  return [
    `### ${what}`,
    '',
    `Assumed by nobody but ${trustOf(role)}.`,
    '',
    rows.length === 0 ? 'It may do nothing at all.' : table(['actions', 'on', 'condition', 'why'], rows),
    '',
  ].join('\n');
}

function trustOf(role: Resource | undefined): string {
  const trusted = statementsOf(role?.Properties.AssumeRolePolicyDocument).map(({ principals, condition }) => {
    const when = condition === '' ? '' : ` when ${condition.replaceAll('\n', ' and ')}`;
    return `${principals.map(code).join(', ')}${when}`;
  });
  return trusted.join('; ');
}

function resourceSection(holder: string, statements: readonly Statement[]): string {
  const { what, reasons } = reasonsFor(holder);
  const rows = new Map<string, string[]>();
  for (const statement of statements) {
    const { effect, principals, actions, condition } = statement;
    const row = [
      effect,
      principals.map(code).join('\n'),
      actions.map(code).join('\n'),
      reasonOf(statement, reasons, holder),
    ];
    const conditions = rows.get(JSON.stringify(row)) ?? [];
    rows.set(JSON.stringify(row), [...conditions, condition]);
  }
  const merged = [...rows].map(([row, conditions]) => {
    const [effect = '', who = '', actions = '', why = ''] = JSON.parse(row);
    return [effect, who, actions, conditions.join('\n'), why];
  });
  return [`### ${what}`, '', table(['effect', 'who', 'actions', 'condition', 'why'], merged), ''].join('\n');
}

/** @throws Error for a role or resource whose reasons this page does not know */
function reasonsFor(holder: string): { what: string; reasons: Reasons } {
  const [, what, reasons] = REASONS.find(([prefix]) => holder.startsWith(prefix)) ?? [];
  if (what === undefined || reasons === undefined) {
    throw new Error(`${holder} has a policy without reasons: list it in scripts/docs/permissions-page.ts.`);
  }
  return { what, reasons };
}

/**
 * A statement's reason, by its Sid; without one, by its service, after a Deny or an Allow of a resource's policy.
 * @throws Error when there is none
 */
function reasonOf({ sid, effect, actions, principals }: Statement, reasons: Reasons, holder: string): string {
  const service = actions[0]?.split(':')[0] ?? '';
  const key = sid ?? (principals.length === 0 ? service : `${effect} ${service}`);
  const reason = reasons[key];
  if (reason === undefined) {
    throw new Error(`${holder} has a statement without a reason: ${key} (${actions.join(', ')}). Give it one in lib/.`);
  }
  return reason;
}
