import { readSettings } from '../../lib/settings';

const NOTICE_DEFAULTS = {
  immediate: 'medium',
  gatherSeconds: 60,
  windowMinutes: 60,
  digestHourUtc: 7,
  noticeCap: 20,
  recordDays: 365,
  suppressions: [],
};

const REACH_DEFAULTS = { regions: [], organizationalUnits: [], autoDeployment: true };

const day = (ahead: number) => new Date(Date.now() + ahead * 24 * 3_600_000).toISOString().slice(0, 10);
const SUPPRESSION = { principal: '*:role/Scanner', reason: 'probes on purpose', expires: day(366) };

describe('readSettings', () => {
  it('fills in the defaults when nothing is given', () => {
    expect(readSettings({})).toEqual({
      ...REACH_DEFAULTS,
      emails: [],
      locale: 'en',
      remediation: 'auto',
      ...NOTICE_DEFAULTS,
      logRetentionDays: 365,
      removalPolicy: 'retain',
    });
  });

  it.each([
    ['an object', { remediation: 'observe', emails: ['a@example.com'] }],
    ['JSON text', '{"remediation":"observe","emails":["a@example.com"]}'],
  ])('reads the context trailmend when it is %s', (_, trailmend) => {
    expect(readSettings({ trailmend })).toMatchObject({ remediation: 'observe', emails: ['a@example.com'] });
  });

  it('prefers single settings, whose texts become lists and numbers', () => {
    const settings = readSettings({
      trailmend: { remediation: 'observe', logRetentionDays: 30, emails: ['a@example.com'] },
      'trailmend.organizationId': 'o-abcdefghij',
      'trailmend.emails': 'b@example.com, c@example.com',
      'trailmend.logRetentionDays': '90',
      'trailmend.windowMinutes': '30',
      'trailmend.suppressions': JSON.stringify([SUPPRESSION]),
    });

    expect(settings).toEqual({
      ...REACH_DEFAULTS,
      organizationId: 'o-abcdefghij',
      emails: ['b@example.com', 'c@example.com'],
      locale: 'en',
      remediation: 'observe',
      ...NOTICE_DEFAULTS,
      windowMinutes: 30,
      suppressions: [SUPPRESSION],
      logRetentionDays: 90,
      removalPolicy: 'retain',
    });
  });

  it('restores the default when a single setting is empty', () => {
    const context = { trailmend: { organizationId: 'o-abcdefghij', remediation: 'observe' } };

    const settings = readSettings({ ...context, 'trailmend.organizationId': '', 'trailmend.remediation': '' });

    expect(settings).toMatchObject({ remediation: 'auto' });
    expect(settings.organizationId).toBeUndefined();
  });

  it('names every mistake at once, each with the value seen and what is allowed', () => {
    const read = () =>
      readSettings({
        trailmend: { organizationId: 'O-1', emails: ['a@example.com', 'nobody'], removalPolicy: 'snapshot' },
        'trailmend.remediation': 'maybe',
        'trailmend.logRetentionDays': '8',
        'trailmend.colour': 'red',
      });

    expect(read).toThrow(/^- organizationId: "O-1" is not allowed; give an organization id/m);
    expect(read).toThrow(/^- emails: "nobody" is not allowed; give a list of different e-mail addresses/m);
    expect(read).toThrow(/^- removalPolicy: "snapshot" is not allowed; give "retain" or "destroy"/m);
    expect(read).toThrow(/^- remediation: "maybe" is not allowed; give "auto" .* or "observe"/m);
    expect(read).toThrow(/^- logRetentionDays: 8 is not allowed; give .*\b365\b/m);
    expect(read).toThrow(
      /^- colour: is no setting; allowed are organizationId, homeRegion, regions, .*, removalPolicy$/m,
    );
  });

  it.each([['[1]'], ['{"emails"'], [7]])('refuses a context trailmend that is %s', (trailmend) => {
    expect(() => readSettings({ trailmend })).toThrow(/it must be an object with organizationId/);
  });

  it('refuses the same address twice, which would make two subscriptions of one name', () => {
    expect(() => readSettings({ trailmend: { emails: ['a@example.com', 'a@example.com'] } })).toThrow(/^- emails: /m);
  });

  it.each([
    ['immediate', 'never', /^- immediate: "never" is not allowed; give "high", "medium" or "low"/m],
    ['gatherSeconds', '901', /^- gatherSeconds: 901 is not allowed; give a whole number of seconds from 0 to 900/m],
    ['windowMinutes', 'x', /^- windowMinutes: "x" is not allowed; give a whole number of minutes/m],
    ['digestHourUtc', '24', /^- digestHourUtc: 24 is not allowed; give an hour of the day/m],
    ['noticeCap', '0', /^- noticeCap: 0 is not allowed; give a whole number of notices an hour/m],
    ['recordDays', '14', /^- recordDays: 14 is not allowed; give a whole number of days from 45/m],
    ['suppressions', 'none', /^- suppressions: "none" is not allowed; give a list of objects/m],
  ])('says what is allowed for %s', (name, value, message) => {
    expect(() => readSettings({ [`trailmend.${name}`]: value })).toThrow(message);
  });

  it('names every mistake of every suppression at once', () => {
    const { reason, ...silent } = SUPPRESSION;
    const suppressions = [
      silent,
      { ...SUPPRESSION, expires: '2020-01-01' },
      { ...SUPPRESSION, expires: '2099-02-30' },
      { reason, expires: day(1) },
      { ...SUPPRESSION, principal: '*' },
      { ...SUPPRESSION, who: 'me' },
    ];
    const read = () => readSettings({ trailmend: { suppressions } });

    for (const mistake of [
      /a reason is required \(reason\)$/m,
      /2020-01-01.* it has expired; extend it after a review, or remove it \(expires\)$/m,
      /2099-02-30.* the expiry date must be a day, YYYY-MM-DD \(expires\)$/m,
      /it must name at least one of case, principal, account, action, resource$/m,
      /it would suppress everything$/m,
      /Unrecognized key: "who"$/m,
    ]) {
      expect(read).toThrow(mistake);
    }
  });

  it.each([
    [
      'case',
      'cloudtrail-action-denid',
      /no case is like that; there are missing-service-linked-role, .*-denied \(case\)$/m,
    ],
    ['case', 'not-covered', /no case is like that/],
    ['case', 'cloudtrail-denied*', /no case is like that/],
    ['account', '2222-3333', /an account is 12 digits, or fewer with \* for any others \(account\)$/m],
    ['account', '1234567890123*', /an account is 12 digits/],
    ['account', '11112222333', /an account is 12 digits/],
    ['action', 'GetTrail', /an action is written service:Operation, such as .* \(action\)$/m],
  ])('refuses a suppression that can never match: %s %s', (name, value, message) => {
    const read = () => readSettings({ trailmend: { suppressions: [{ ...SUPPRESSION, [name]: value }] } });

    expect(read).toThrow(message);
    expect(read).toThrow(value);
  });

  it.each([
    ['case', '*-denied'],
    ['account', '111122223333'],
    ['account', '1111*'],
    ['action', 'cloudtrail:GetTrail'],
    ['action', '*:Get*'],
  ])('takes a suppression by %s %s', (name, value) => {
    const suppressions = [{ ...SUPPRESSION, [name]: value }];

    expect(readSettings({ trailmend: { suppressions } }).suppressions).toEqual(suppressions);
  });

  it('refuses a suppression that nobody would review for more than a year', () => {
    const read = (expires: string) => () =>
      readSettings({ trailmend: { suppressions: [{ ...SUPPRESSION, expires }] } });

    expect(read('9999-12-31')).toThrow(/the last day may be at most 366 days ahead.* \(expires\)$/m);
    expect(read(day(368))).toThrow(/at most 366 days ahead/);
  });

  it('refuses suppressions that do not fit the environment of a function', () => {
    const suppressions = Array.from({ length: 40 }, () => SUPPRESSION);

    expect(() => readSettings({ trailmend: { suppressions } })).toThrow(/longer than 2500 bytes/);
  });

  it('counts the bytes of suppressions, as the environment does', () => {
    const suppressions = [{ ...SUPPRESSION, reason: '既知'.repeat(500) }];

    expect(() => readSettings({ trailmend: { suppressions } })).toThrow(/longer than 2500 bytes/);
  });

  it('refuses a suppression of everything, however it is written', () => {
    const { reason, expires } = SUPPRESSION;
    const suppressions = [{ reason, expires, principal: '**', action: '*' }];

    expect(() => readSettings({ trailmend: { suppressions } })).toThrow(/it would suppress everything/);
  });
});
