import { accounts } from '../../../lambda/health/checks/accounts';
import { canary } from '../../../lambda/health/checks/canary';
import { probe } from '../../../lambda/health/checks/probe';
import type { HealthEdges } from '../../../lambda/health/edges';
import type { HealthItems } from '../../../lambda/health/health-items';
import { isExpected } from '../../../lambda/health/saw';
import { healthEn } from '../../../lambda/texts/health-en';
import { sawInWords } from '../../../lambda/texts/health-texts';
import { ALL_EVENTS, EXPECTATION, look, NOW, TRAIL } from '../../support/health';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HUB = '111122223333';

const noted = (items: Partial<HealthItems>) => ({
  health: async () => ({ probeRanAt: null, canaries: [], seen: [], incidents: [], ...items }),
});

describe('the canary', () => {
  test.each<[string, number | null, number | null, string]>([
    ['came back', HOUR, HOUR - MINUTE, 'ok canary-back'],
    ['came back and the next is on its way', MINUTE, 6 * HOUR, 'ok canary-back'],
    ['is on its way for the first time', 29 * MINUTE, null, 'not-checked canary-on-its-way'],
    ['never came back', 31 * MINUTE, null, 'failed canary-lost'],
    ['came back once, not this time', 31 * MINUTE, 6 * HOUR, 'failed canary-lost'],
    ['did not come back, and the next is on its way', MINUTE, 12 * HOUR, 'failed canary-lost'],
    ['came back, but was not sent again', 7 * HOUR, 6 * HOUR, 'not-checked canary-not-sent'],
    ['was not sent yet', null, null, 'not-checked canary-not-sent'],
  ])('%s', async (_what, sent, seen, expected) => {
    const one = { account: HUB, region: 'eu-west-1', sentAt: sent && NOW - sent, seenAt: seen && NOW - seen };
    const [, verdict] = await canary.run(look(noted({ canaries: [one] })));

    expect(`${verdict?.status} ${verdict?.saw.kind}`).toBe(expected);
    expect(verdict?.subject).toBe(`${HUB} eu-west-1`);
  });

  test('a Region that went quiet is named, with since when, and where to look', async () => {
    const one = { account: HUB, region: 'eu-west-1', sentAt: NOW - HOUR, seenAt: NOW - 7 * HOUR };
    const [, verdict] = await canary.run(look(noted({ canaries: [one] })));

    expect(verdict).toMatchObject({
      place: { account: HUB, region: 'eu-west-1' },
      saw: { kind: 'canary-lost', sentAt: NOW - HOUR, seenAt: NOW - 7 * HOUR },
    });
    expect(verdict?.mend[0]).toBe(
      `aws events list-rule-names-by-target --target-arn arn:aws:events:us-east-1:${HUB}:event-bus/trailmend --region eu-west-1`,
    );
  });
});

describe('accounts', () => {
  test('when each was last heard in each Region, and who never was', async () => {
    const seen = [
      { account: HUB, region: 'us-east-1', seenAt: NOW - HOUR },
      { account: '222233334444', region: 'us-east-1', seenAt: NOW - 9 * HOUR },
      { account: '222233334444', region: 'eu-west-1', seenAt: NOW - MINUTE },
    ];
    expect(await accounts.run(look(noted({ seen })))).toMatchObject([
      {
        subject: 'heard',
        status: 'ok',
        saw: {
          accounts: {
            list: [
              { account: '222233334444', name: 'Security', region: 'eu-west-1' },
              { account: HUB, region: 'us-east-1' },
              { account: '222233334444', name: 'Security', region: 'us-east-1' },
            ],
          },
        },
      },
      { subject: 'silent', status: 'not-checked', saw: { accounts: { list: [{ account: '333344445555' }] } } },
    ]);
  });

  test('a place that has been quiet for 30 days is not said to be well', async () => {
    const seen = [
      { account: HUB, region: 'us-east-1', seenAt: NOW - HOUR },
      { account: HUB, region: 'eu-west-1', seenAt: NOW - 31 * DAY },
      { account: HUB, region: 'eu-north-1', seenAt: NOW - 31 * DAY },
    ];
    const [heard, stale] = await accounts.run(look(noted({ seen }), { organizationalUnits: [] }));

    expect(heard?.saw).toMatchObject({ kind: 'accounts-heard', accounts: { count: 1 } });
    // Region eu-north-1 has left the settings.
    expect(stale).toMatchObject({
      subject: 'stale',
      status: 'not-checked',
      saw: { kind: 'accounts-stale', accounts: { list: [{ account: HUB, region: 'eu-west-1' }], count: 1 } },
    });
  });

  test('without members only the management account is expected', async () => {
    expect(await accounts.run(look(noted({}), { organizationalUnits: [] }))).toMatchObject([
      { subject: 'silent', saw: { accounts: { list: [{ account: HUB }] } } },
    ]);
  });
});

describe('members without an organization trail', () => {
  const SECURITY = '222233334444';
  const PAYMENTS = '333344445555';
  const plain = { ...TRAIL, arn: `${TRAIL.arn}-plain`, isOrganizationTrail: false };
  const seenIn = (region: string, ago: number, ...accounts: string[]) =>
    accounts.map((account) => ({ account, region, seenAt: NOW - ago }));

  const verdicts = async (other: Partial<HealthEdges>, seen: HealthItems['seen'] = [], expectation = {}) =>
    (await accounts.run(look({ ...noted({ seen }), ...other }, expectation))).filter(({ subject }) =>
      subject.startsWith('members'),
    );

  test('are not known to be heard, whatever trail the management account has of its own', async () => {
    const seen = [...seenIn('us-east-1', HOUR, SECURITY), ...seenIn('us-east-1', 31 * DAY, PAYMENTS)];
    const told = await verdicts({ trails: async () => [plain] }, seen);

    expect(told).toMatchObject([
      {
        subject: 'members us-east-1',
        status: 'not-checked',
        saw: { kind: 'members-unknown', region: 'us-east-1', accounts: { list: [{ account: PAYMENTS }], count: 1 } },
      },
      { subject: 'members eu-west-1', saw: { region: 'eu-west-1', accounts: { count: 2 } } },
    ]);
    expect(told.every(({ saw }) => isExpected(saw))).toBe(true);
    expect(told[0]?.mend).toEqual([
      'aws cloudtrail create-trail --name <name> --s3-bucket-name <bucket> --is-organization-trail --is-multi-region-trail --region us-east-1',
      'aws cloudtrail start-logging --name <name> --region us-east-1',
    ]);
    expect(told[1]?.mend).toEqual(told[0]?.mend);
  });

  test('one that does not log, or takes reads only, does not do', async () => {
    const trails = async () => [plain, TRAIL];
    const isLogging = async ({ arn }: { arn: string }) => arn === plain.arn;
    const reads = { eventSelectors: [{ ReadWriteType: 'ReadOnly' }], advancedEventSelectors: [] };
    const selectors = async ({ arn }: { arn: string }) => (arn === plain.arn ? ALL_EVENTS : reads);

    expect((await verdicts({ trails, isLogging }))[0]?.mend).toEqual([
      `aws cloudtrail start-logging --name ${TRAIL.arn} --region us-east-1`,
    ]);
    expect((await verdicts({ trails, selectors }))[0]?.mend[0]).toContain(`--trail-name ${TRAIL.arn} `);
  });

  test('one that has stopped makes what was heard before worth nothing', async () => {
    const trails = async () => [plain, TRAIL];
    const isLogging = async ({ arn }: { arn: string }) => arn === plain.arn;
    const [told] = await verdicts({ trails, isLogging }, seenIn('us-east-1', HOUR, SECURITY, PAYMENTS));

    expect(told).toMatchObject({
      subject: 'members us-east-1',
      saw: { kind: 'members-unknown', trails: [TRAIL.arn], accounts: { count: 0 } },
    });
    expect(told && sawInWords(told, healthEn)).toMatch(/\(arn:\S+audit does not\).* were heard before\.$/);
  });

  test('that nobody may look for are not known to be heard either', async () => {
    const trails = async () => {
      throw Object.assign(new Error('no'), { name: 'AccessDenied' });
    };

    expect((await verdicts({ trails })).map(({ saw }) => saw.kind)).toEqual(Array(2).fill('could-not-look'));
  });

  test.each<[string, Partial<HealthEdges>, HealthItems['seen'], object]>([
    ['an organization trail takes everything', { trails: async () => [plain, TRAIL] }, [], {}],
    [
      'every one was heard there',
      { trails: async () => [plain] },
      EXPECTATION.regions.flatMap((region) => seenIn(region, HOUR, SECURITY, PAYMENTS)),
      {},
    ],
    ['none is to be heard', { trails: async () => [plain] }, [], { organizationalUnits: [] }],
  ])('nothing is said when %s', async (_what, other, seen, expectation) => {
    expect(await verdicts(other, seen, expectation)).toEqual([]);
  });
});

describe('the probe', () => {
  test.each([
    [14 * MINUTE, 'ok probe-ran'],
    [16 * MINUTE, 'failed probe-late'],
    [null, 'failed probe-late'],
  ])('ran %s ms ago', async (ago, expected) => {
    const [verdict] = await probe.run(look(noted({ probeRanAt: ago && NOW - ago })));

    expect(`${verdict?.status} ${verdict?.saw.kind}`).toBe(expected);
  });
});
