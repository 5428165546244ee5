import type { AuditRecord } from '../../../lambda/audit/audit-record';
import { LANGUAGES, type Locale } from '../../../lambda/texts/languages';
import { entriesOf } from '../../../review/page/entry';
import { linesOf, titleOf } from '../../../review/page/incident-lines';
import type { Page } from '../../../review/page/page';
import { remediationOf } from '../../../review/page/remediation';
import { NO_FILTERS, select } from '../../../review/page/selection';
import { viewOf } from '../../../review/page/view';
import type { ReviewIncident } from '../../../review/review-data';
import { PAGE_LANGUAGES } from '../../../review/texts/languages';
import { reviewFixture } from '../review-fixture';

const DATA = reviewFixture({ count: 120 });
const OF_ROLES = DATA.incidents.find(
  ({ finding, state }) => finding?.plan.kind === 'create-service-linked-role' && state === 'remediated',
) as ReviewIncident;

function pageIn(locale: Locale): Page {
  const entries = entriesOf(DATA);
  const selection = select(entries, NO_FILTERS, () => true);
  const nothing = () => undefined;
  return {
    data: DATA,
    entries,
    view: viewOf('', locale),
    selection,
    texts: LANGUAGES[locale],
    words: PAGE_LANGUAGES[locale],
    change: nothing,
    move: nothing,
    addressOf: () => '',
    say: nothing,
  };
}

type Verification = AuditRecord['verification'][number];

const ROLE = 'AWSServiceRoleForCloudTrail';
const OTHER = 'AWSServiceRoleForCloudTrailEventContext';

/** What was verified of a role. */
function verified(outcome: Verification['outcome'], more: Partial<Verification> = {}): Verification {
  return { role: ROLE, outcome, shown: null, createdAt: null, look: null, error: null, ...more };
}

/** The incident with audit records that verified this and say this besides, latest first. */
function withAudit(...records: readonly (readonly [readonly Verification[], Partial<AuditRecord>?])[]): ReviewIncident {
  const [record] = OF_ROLES.audit as [AuditRecord];
  const bare = { ...record, standing: null };
  return { ...OF_ROLES, audit: records.map(([verification, more]) => ({ ...bare, verification, ...more })) };
}

function explanationOf(incident: ReviewIncident, locale: Locale = 'en'): string {
  const { explanation, fix } = linesOf(incident, pageIn(locale)) ?? { explanation: [], fix: [] };
  return [...explanation, ...fix].map(({ label, text }) => `${label}: ${text}`).join('\n');
}

test('a role that was created: what to retry, and how to undo it; where nobody looked, no word of where the organization stands', () => {
  const text = explanationOf(withAudit([[verified('created')]]));

  expect(text).toContain(`${ROLE}: created, and IAM shows it`);
  expect(text).toContain('Retry: aws cloudtrail create-trail');
  expect(text).toContain(`Undo: aws iam delete-service-linked-role --role-name ${ROLE}`);
  expect(text).not.toMatch(/delegated administrator|organization trail is known/);
});

test('the step after the role is that of the notice, as the organization stood then', () => {
  const step = (standing: AuditRecord['standing']) => explanationOf(withAudit([[verified('created')], { standing }]));
  const error = { name: 'AccessDenied', message: 'no' };

  expect(step({ delegatedAdministrators: [], organizationTrail: false, errors: [] })).toContain(
    'The organization has no delegated administrator',
  );
  expect(step({ delegatedAdministrators: null, organizationTrail: null, errors: [error] })).toContain(
    'AccessDenied: no',
  );
});

test('a creation is told though later calls found the role present', () => {
  const incident = withAudit([[verified('already-present')]], [[verified('created')]]);

  expect(titleOf(incident, pageIn('en'))).toContain('role created for');
});

test('a later failure is told though the role was created before, and whether Trailmend tries again', () => {
  const failure = verified('create-failed', { error: { name: 'Throttling', message: 'slow' } });
  const incident = (receiveCount: number) =>
    withAudit([[failure], { again: true, receiveCount, maxReceiveCount: 6 }], [[verified('created')]]);

  expect(titleOf(incident(2), pageIn('en'))).toContain('could not create the role');
  expect(explanationOf(incident(2))).toContain('(Throttling: slow)');
  expect(explanationOf(incident(2))).toContain('2 of 6');
  expect(explanationOf(incident(6))).not.toContain('of 6');
});

test.each(Object.keys(LANGUAGES) as Locale[])(
  'a role that was there is the cause only if it has come into being since the call: %s',
  (locale) => {
    const { roles, roleWasThere } = LANGUAGES[locale];
    const textSince = (createdAt: string | null) =>
      explanationOf(withAudit([[verified('already-present', { createdAt })]]), locale);

    expect(textSince('2099-01-01T00:00:00.000Z')).toContain(`${ROLE}: ${roles.since}\n`);
    expect(textSince('2019-01-01T00:00:00.000Z')).toContain(`${ROLE}: ${roles['already-present']}\n`);
    expect(textSince('2019-01-01T00:00:00.000Z')).toContain(roleWasThere);
  },
);

test('two roles are told apart, and success on one does not hide failure on the other', () => {
  const error = { name: 'AccessDenied', message: 'not: you (yet); never' };
  const incident = withAudit([[verified('created'), verified('create-failed', { role: OTHER, error })]]);

  const text = explanationOf(incident);

  expect(text).toContain(`${ROLE}: created, and IAM shows it`);
  expect(text).toContain(`${OTHER}: missing, and could not be created (AccessDenied: not: you (yet); never)`);
  expect(titleOf(incident, pageIn('en'))).toContain('could not create the role');
});

test.each([
  ['no record', withAudit()],
  ['a record that failed before', withAudit([[]])],
  ['a role that Trailmend does not know', withAudit([[verified('created', { role: 'x; rm -rf /' })]])],
])('with %s nothing is claimed of the role', (_what, incident) => {
  expect(remediationOf(incident)).toBeNull();
  expect(explanationOf(incident)).not.toMatch(/created, and IAM shows it|Undo/);
});

test.each(Object.keys(LANGUAGES) as Locale[])(
  'where only the log is at hand there is a title and no explanation: %s',
  (locale) => {
    const page = pageIn(locale);
    const [incident] = DATA.incidents.filter(({ finding }) => finding === null) as [ReviewIncident];

    expect(linesOf(incident, page)).toBeNull();
    expect(titleOf(incident, page)).toContain(incident.accounts[0]);
    expect(titleOf({ ...incident, actions: [], accounts: [] }, page)).toContain(page.words.notKnown);
  },
);

test('every incident has a next step, and every line one place', () => {
  for (const incident of DATA.incidents.filter(({ finding }) => finding !== null)) {
    const lines = linesOf(incident, pageIn('en'));

    const labels = lines?.explanation.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['What happened', 'Why', 'Next step']));
    expect(labels).not.toContain('Fix');
  }
});
