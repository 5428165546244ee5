/**
 * Questions to the audit log, for CloudWatch Logs Insights. Every field they name is one of `schemas/audit-1.schema.json`.
 * `case` stands in backticks, lest it is taken for a word of the language.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */

/** The deliveries with which denials ended. */
const DENIALS = 'filter kind = "event" and incidentKey like /./ and outcome not in ["duplicate", "failed"]';

/** A query that is kept with the stack: what a reviewer asks, and the lines of the answer. */
export type SavedQuery = { readonly name: string; readonly lines: readonly string[] };

/** The ten questions that a reviewer asks, in the folder `trailmend` of the saved queries. */
export const SAVED_QUERIES: readonly SavedQuery[] = [
  {
    name: 'what-was-refused',
    lines: [
      'fields time, severity, `case`, account, region, principal, action, resource, outcome, incidentKey, eventId',
      DENIALS,
      'filter plan.kind != "ignore"',
      'sort time desc',
      'limit 200',
    ],
  },
  {
    name: 'what-was-changed',
    lines: [
      'fields time, account, principal, outcome, verification.0.role, verification.0.shown, verification.0.createdAt, detail, eventId, noticeId',
      'filter kind = "event" and plan.kind = "create-service-linked-role" and outcome != "duplicate"',
      'sort time desc',
      'limit 200',
    ],
  },
  {
    name: 'one-event',
    lines: [
      'fields time, receiveCount, outcome, plan.kind, plan.reason, detail, incidentKey, noticeId, @message',
      'filter eventId = "EVENT-ID"',
      'sort time asc',
    ],
  },
  {
    name: 'one-incident',
    lines: [
      'fields time, kind, eventId, account, principal, action, outcome, detail, noticeId, @message',
      'filter kind in ["event", "notice"] and @message like "INCIDENT-KEY"',
      'sort time desc',
      'limit 1000',
    ],
  },
  {
    name: 'which-notices-were-sent',
    lines: [
      'fields time, severity, `case`, noticeId, incidentKey, incidentKeys.0, incidentKeys.1, incidentKeys.2, outcome, detail',
      'filter noticeId like /./ and outcome != "duplicate"',
      'sort time desc',
      'limit 200',
    ],
  },
  {
    name: 'what-was-kept-quiet',
    lines: [
      'filter kind = "event" and outcome = "suppressed"',
      'stats count(*) as denials, latest(time) as lastSeen, latest(action) as lastAction by incidentKey, `case`, account, principal, detail',
      'sort denials desc',
    ],
  },
  {
    name: 'what-failed',
    lines: [
      'fields time, kind, receiveCount, `case`, account, action, outcome, detail, eventId, messageId',
      'filter outcome in ["failed", "probe-failed", "create-failed"]',
      'sort time desc',
      'limit 200',
    ],
  },
  {
    name: 'who-is-refused-most',
    lines: [
      DENIALS,
      'stats count(*) as denials, count_distinct(action) as actions, count_distinct(incidentKey) as incidents, latest(time) as lastSeen by principal, account',
      'sort denials desc',
      'limit 50',
    ],
  },
  {
    name: 'which-policy-refuses',
    lines: [
      DENIALS,
      'stats count(*) as denials, count_distinct(account) as accounts, count_distinct(principal) as principals, latest(time) as lastSeen by layer, effect, policyArn',
      'sort denials desc',
      'limit 50',
    ],
  },
  {
    name: 'what-was-ignored',
    lines: [
      'filter kind = "event" and plan.kind = "ignore" and outcome in ["ignored", "malformed"]',
      'stats count(*) as events, latest(time) as lastSeen, latest(eventId) as lastEvent by `case`, errorCode, plan.reason',
      'sort events desc',
      'limit 50',
    ],
  },
];

/** Incidents of the time that is shown which somebody has to see to, latest first. */
export const OPEN_INCIDENTS: readonly string[] = [
  DENIALS,
  'filter plan.kind != "ignore" and outcome not in ["created", "already-present"]',
  'stats count(*) as denials, latest(time) as lastSeen, latest(principal) as lastPrincipal, latest(action) as lastAction, latest(outcome) as lastOutcome by severity, `case`, account, incidentKey',
  'sort lastSeen desc',
  'limit 50',
];

/** What became of missing roles. */
export const MENDED: readonly string[] = [
  'fields time, account, principal, outcome, detail',
  'filter kind = "event" and plan.kind = "create-service-linked-role" and outcome != "duplicate"',
  'sort time desc',
  'limit 20',
];

/** The accounts with most denials. */
export const BY_ACCOUNT: readonly string[] = [
  DENIALS,
  'stats count(*) as denials by account',
  'sort denials desc',
  'limit 20',
];

/** One query as CloudWatch takes it. */
export function queryText(lines: readonly string[]): string {
  return lines.join('\n| ');
}
