import type { PageTexts } from './page-texts';

const number = new Intl.NumberFormat('en');

function counted(count: number, what: string): string {
  return `${number.format(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** English. */
export const en: PageTexts = {
  language: 'English',
  title: 'Trailmend review',
  source: (source, time) => `${source}, as of ${time}`,
  needsScript: 'This page draws itself with its own script, which this browser does not run. Nothing is fetched.',
  skipToIncidents: 'Skip to the incidents',
  keys: 'Keys: / to search, j and k to move, Enter to open, Esc to close.',
  number: (value) => number.format(value),
  summary: ({ incidents, open, openHigh, mended, quiet, refusals, accounts }) =>
    [
      open === 0
        ? 'No incident is open.'
        : `${counted(open, 'incident')} ${open === 1 ? 'is' : 'are'} open${openHigh === 0 ? ', none' : `, ${number.format(openHigh)}`} of high severity.`,
      mended === 0 ? '' : `${number.format(mended)} ${mended === 1 ? 'is' : 'are'} mended.`,
      quiet === 0 ? '' : `${number.format(quiet)} went quiet without being mended.`,
      `${counted(refusals, 'refusal')} in ${counted(incidents, 'incident')} across ${counted(accounts, 'account')}.`,
    ]
      .filter(Boolean)
      .join(' '),
  controls: {
    language: 'Language',
    theme: 'Theme',
    themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
    print: 'Print',
    search: 'Search incidents',
    searchHint: 'Search: action, caller, event id, request id',
    sort: 'Order',
    sorts: { gravest: 'Open and gravest first', latest: 'Latest first', most: 'Most refusals first' },
    filters: 'Filters',
    clear: (count) => `Clear ${counted(count, 'filter')}`,
    more: (count, left) => `Show ${number.format(count)} more of ${number.format(left)}`,
    moreValues: (count) => `${number.format(count)} more`,
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'Selected: press Ctrl+C',
    link: 'Copy link',
    close: 'Close',
    previous: 'Previous incident',
    next: 'Next incident',
  },
  facets: {
    state: 'State',
    severity: 'Severity',
    case: 'Case',
    account: 'Account',
    principal: 'Caller',
    layer: 'Refused by',
    silence: 'Silenced',
  },
  states: { open: 'Open', remediated: 'Mended', quiet: 'Quiet' },
  stateHints: { open: 'still refused', remediated: 'the role is there', quiet: 'not refused of late' },
  severities: { high: 'High', medium: 'Medium', low: 'Low' },
  cases: {
    'missing-service-linked-role': 'Missing service-linked role',
    'organization-not-ready': 'Organization not ready',
    'pass-role-denied': 'PassRole refused',
    'integration-denied': 'Trail integration refused',
    'grant-access-denied': 'Granting access refused',
    'cross-account-denied': 'Refused across accounts',
    'cloudtrail-action-denied': 'CloudTrail action refused',
    'not-covered': 'Not covered',
  },
  layers: {
    'identity-policy': 'Identity-based policy',
    'resource-policy': 'Resource-based policy',
    'permissions-boundary': 'Permissions boundary',
    'session-policy': 'Session policy',
    'service-control-policy': 'Service control policy',
    'resource-control-policy': 'Resource control policy',
    'vpc-endpoint-policy': 'VPC endpoint policy',
    'role-trust-policy': 'Role trust policy',
    unknown: 'Not named by AWS',
  },
  silences: { muted: 'Muted', suppressed: 'Suppressed' },
  notKnown: 'not known',
  timeline: {
    title: 'New incidents over time',
    hint: 'Choose a bar to filter; drag, or Shift with Enter, for a span. Times are UTC.',
    bar: ({ from, to, total, bySeverity: { high, medium, low } }) =>
      `${from} to ${to}: ${total === 0 ? 'no new incident' : `${counted(total, 'new incident')} (${number.format(high)} high, ${number.format(medium)} medium, ${number.format(low)} low)`}`,
    range: (from, to) => `First seen ${from} to ${to}`,
    clear: 'All times',
  },
  list: {
    title: 'Incidents',
    found: (count, all) =>
      count === all ? counted(all, 'incident') : `${number.format(count)} of ${counted(all, 'incident')}`,
    none: 'No incident matches.',
    noneHint: 'Take a filter away, or search for less.',
    empty: 'No refused calls on record.',
    emptyHint:
      'Either nothing was refused, or no event has come in yet. The runbook of Trailmend says how to tell the one from the other.',
    columns: {
      severity: 'Severity',
      incident: 'Incident',
      refusals: 'Refusals',
      last: 'Last refusal, UTC',
      state: 'State',
    },
    refusals: (count, exact) => `${exact ? '' : 'at least '}${counted(count, 'refusal')}`,
    others: (count) => `and ${counted(count, 'other')}`,
    accounts: (count) => counted(count, 'account'),
    printed: (count, all) =>
      `Printed: the first ${number.format(count)} of ${counted(all, 'incident')}. Filter to print the others.`,
  },
  detail: {
    guide: "AWS's page about it",
    explanation: 'Explanation',
    logOnly:
      'Only the log of this incident is at hand, so there is no explanation here. Ask by an event: npx trailmend explain',
    unknownKey: (key) => `This page has no incident ${key}.`,
    fix: 'Fix to copy',
    course: 'Course',
    seen: 'Refused',
    span: (first, last) => (first === last ? first : `${first} to ${last}`),
    count: 'Count',
    suppressed: 'not told, by a setting or a mute',
    touched: { actions: 'Actions', resources: 'Resources', principals: 'Callers', accounts: 'Accounts' },
    audit: 'What Trailmend did',
    shown: (records, count) => `The latest ${number.format(records)} of ${number.format(count)} records.`,
    noAudit: 'No audit record is at hand.',
    plan: 'Plan',
    verified: 'Verified',
    sighting: (role, isShown, since, look) => {
      const seen = isShown ? `shown by IAM${since === null ? '' : `, there since ${since}`}` : 'not shown by IAM';
      return isShown === null ? `${role}: no answer from IAM` : `${role}: ${seen}, look ${look}`;
    },
    deliveryLabel: 'Delivery',
    delivery: (at, ms) => `${number.format(at)}, took ${number.format(ms)} ms`,
    eventId: 'Event',
    noticeId: 'Notice',
    calls: 'AWS calls',
    call: { operation: 'Call', outcome: 'Outcome', attempts: 'Tries', requestId: 'Request id' },
    noCalls: 'none',
    callsLeftOut: (count) => `${counted(count, 'more call')} not recorded one by one.`,
    notices: 'Notices sent',
    notice: (id, time) => `${time}, SNS message ${id}`,
    noNotices: 'None yet.',
    mute: 'Mute',
    muted: (by, until, reason) => `Muted until ${until} by ${by}: ${reason}`,
    muteOver: (by, until, reason) => `Was muted until ${until} by ${by}: ${reason}`,
    muteCommand: 'To get no notices of it for a while:',
    unmuteCommand: 'To end the mute:',
    json: 'All of it as JSON',
  },
  outcomes: {
    ignored: 'Recorded only',
    malformed: 'Could not be read',
    notified: 'Told at once',
    grouped: 'Told with its incident',
    suppressed: 'Left to the daily digest',
    duplicate: 'Came again',
    observed: 'Observed, nothing changed',
    created: 'Role created',
    'already-present': 'Role was there',
    'probe-failed': 'Could not look for the role',
    'create-failed': 'Could not create the role',
    failed: 'Failed, to be delivered again',
  },
};
