import { accounts } from '../../../lambda/health/checks/accounts';
import { canary } from '../../../lambda/health/checks/canary';
import { probe } from '../../../lambda/health/checks/probe';
import type { HealthItems } from '../../../lambda/health/health-items';
import { look, NOW } from '../../support/health';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
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
  test('when each was last heard, and who never was', async () => {
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
          accounts: { list: [{ account: '222233334444', name: 'Security', region: 'eu-west-1' }, { account: HUB }] },
        },
      },
      { subject: 'silent', status: 'not-checked', saw: { accounts: { list: [{ account: '333344445555' }] } } },
    ]);
  });

  test('without members only the management account is expected', async () => {
    expect(await accounts.run(look(noted({}), { organizationalUnits: [] }))).toMatchObject([
      { subject: 'silent', saw: { accounts: { list: [{ account: HUB }] } } },
    ]);
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
