import { readSettings } from '../../lib/settings';

describe('readSettings', () => {
  it('fills in the defaults when nothing is given', () => {
    expect(readSettings({})).toEqual({
      emails: [],
      locale: 'en',
      remediation: 'auto',
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
    });

    expect(settings).toEqual({
      organizationId: 'o-abcdefghij',
      emails: ['b@example.com', 'c@example.com'],
      locale: 'en',
      remediation: 'observe',
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
      /^- colour: is no setting; allowed are organizationId, emails, locale, chatTopicArn, remediation/m,
    );
  });

  it.each([['[1]'], ['{"emails"'], [7]])('refuses a context trailmend that is %s', (trailmend) => {
    expect(() => readSettings({ trailmend })).toThrow(/it must be an object with organizationId/);
  });

  it('refuses the same address twice, which would make two subscriptions of one name', () => {
    expect(() => readSettings({ trailmend: { emails: ['a@example.com', 'a@example.com'] } })).toThrow(/^- emails: /m);
  });
});
