import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { STSClient } from '@aws-sdk/client-sts';
import { canaryCaller } from '../../../lambda/health/call-canary';
import { EXPECTATION, ProbeStage } from '../../support/probe-stage';

let stage: ProbeStage;

beforeEach(async () => {
  stage = await new ProbeStage().open();
});

afterEach(() => stage.close());

/** Minutes after the first run at which the canary called in a Region. */
async function callsDuring(minutes: number, region: string): Promise<number[]> {
  const calls: number[] = [];
  const { callCanary } = stage.edges;
  const began = stage.now;
  stage.edges = {
    ...stage.edges,
    callCanary: (where) => {
      if (where === region) calls.push(Math.round((stage.now - began) / 60_000));
      return callCanary(where);
    },
  };
  for (let passed = 0; passed <= minutes; passed += 5) await stage.run(undefined, passed === 0 ? 0 : 5);
  return calls;
}

test('calls every six hours in every Region', async () => {
  expect(await callsDuring(13 * 60, 'us-east-1')).toEqual([0, 360, 720]);
});

test('calls again while it is missed: after a deployment soon, later hourly', async () => {
  stage.silent.add('eu-west-1');

  expect(await callsDuring(200, 'eu-west-1')).toEqual([0, 10, 20, 30, 40, 50, 110, 170]);
  const { canaries } = await stage.items();
  const [missed] = canaries.filter(({ region }) => region === 'eu-west-1');
  expect(missed).toMatchObject({ seenAt: null, sentAt: Date.parse('2026-11-02T03:04:10Z') });
});

test('makes all checks in every run while it is missed for more than half an hour', async () => {
  stage.silent.add('eu-west-1');
  for (let runs = 0; runs < 7; runs += 1) await stage.run();
  expect(stage.checked).toBe(1);

  await stage.run();

  expect(stage.checked).toBe(2);
});

test('is missed also when its call cannot be made, and the other Regions are called', async () => {
  const { callCanary } = stage.edges;
  stage.edges = {
    ...stage.edges,
    callCanary: async (region) => (region === 'us-east-1' ? Promise.reject(new Error('no STS')) : callCanary(region)),
  };

  const { outcome, detail, canaries } = await stage.run();

  expect([outcome, canaries]).toEqual(['failed', ['eu-west-1']]);
  expect(detail).toContain('no STS');
  expect((await stage.items()).canaries).toContainEqual(
    expect.objectContaining({ region: 'us-east-1', sentAt: stage.now, seenAt: null }),
  );
});

test('after a pause of the probe says nothing of what came back before, but keeps missing what was lost', async () => {
  await stage.run();
  const first = stage.now;
  stage.silent.add('eu-west-1');
  await stage.run(undefined, 6 * 60);
  stage.silent.add('us-east-1');

  await stage.run(undefined, 10 * 60);

  const { canaries } = await stage.items();
  expect(canaries.map(({ region, sentAt, seenAt }) => [region, sentAt, seenAt])).toEqual([
    ['eu-west-1', stage.now, first],
    ['us-east-1', stage.now, null],
  ]);
});

describe('the call of the canary', () => {
  const sts = {
    send: async () => ({
      Credentials: { AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 'secret', SessionToken: 'token' },
    }),
  } as unknown as STSClient;
  const callWith = (answer: () => Promise<unknown>) =>
    canaryCaller(sts, EXPECTATION.canaryRoleArn, (region, credentials) => {
      const client = new CloudTrailClient({ region, credentials });
      client.send = answer as typeof client.send;
      return client;
    })('eu-west-1');
  const refusing = (name: string) => async () => {
    throw Object.assign(new Error(name), { name });
  };

  it.each(['AccessDenied', 'AccessDeniedException'])('is well when it is refused by %s', async (name) => {
    await expect(callWith(refusing(name))).resolves.toBeUndefined();
  });

  it('is not well when it is not refused, or fails for another reason', async () => {
    await expect(callWith(async () => ({}))).rejects.toThrow(/was not refused: somebody gave .*Canary permissions/);
    await expect(callWith(refusing('TrailNotFoundException'))).rejects.toThrow('TrailNotFoundException');
  });
});
