import { minuteOf } from '../../lambda/texts/health-texts';
import { type Synthesis, synthesize } from '../../sandbox/cloudformation/synthesize';
import type { Template } from '../../sandbox/cloudformation/template';
import { FaultPlan } from '../../sandbox/endpoint/faults';
import type { Envelope } from '../../sandbox/eventbridge/envelope';
import type { StartFunction } from '../../sandbox/function/lambda-service';
import type { Entry } from '../../sandbox/journal';
import { HUB } from '../../sandbox/organization/accounts';
import { iamUser } from '../../sandbox/organization/identity';
import { defaultBusArn } from '../../sandbox/organization/place';
import { Sandbox } from '../../sandbox/sandbox';
import { apiCallEvent } from '../../sandbox/scenario/record';
import { failuresOf } from '../../sandbox/summary';
import { replaceForwarder, setRuleState } from '../../sandbox/tampering';
import { OLDER_PATTERNS } from './older-patterns';
import { inProcess } from './play';
import { withoutProbe } from './without-probe';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HEARS_READS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const IRELAND = { account: HUB.account, region: 'eu-west-1' };
const PAYMENTS = { account: '333344445555', region: 'eu-west-1' };

let app: Synthesis;
let sandbox: Sandbox;

beforeAll(async () => {
  const settings = { emails: ['platform-team@example.com'], remediation: 'auto', locale: 'en' } as const;
  app = await synthesize(settings, ['test/sandbox/older-patterns.ts']);
});

afterAll(() => app.remove());

async function open(startFunction: StartFunction): Promise<void> {
  sandbox = await Sandbox.open(app, { faults: new FaultPlan([]), startFunction });
  await sandbox.settle();
}

afterEach(() => sandbox.close());

/** A notice of health as programs get it, and its mail. */
type Told = { news: string; rows: { subject: string; saw: object }[]; body: string };

/** Everything that was told since there were `from` entries in the journal. */
function toldSince(from: number): Told[] {
  const since = sandbox.journal.entries.slice(from);
  return since.flatMap((entry) => {
    if (entry.kind !== 'notice') return [];
    const { kind, health } = Object(entry.notice.json);
    const news = kind === 'health' ? `${health.state} ${health.check}` : `${kind}`;
    return [{ news, rows: health?.rows ?? [], body: entry.notice.body.replace(/\s+/g, ' ') }];
  });
}

/** What is told, and of which subjects. */
const newsOf = (told: Told[]) => told.map(({ news, rows }) => `${news}: ${rows.map(({ subject }) => subject)}`);

/** When the canary was refused in a Region, in order. */
function canariesIn(region: string): number[] {
  const own = sandbox.journal.of('event').filter(({ isOwn }) => isOwn);
  return own.filter(({ envelope }) => envelope.region === region).map(({ at }) => at);
}

test('where a rule is disabled the canary is missed, there only; once it is back, that is told once', async () => {
  await open(inProcess);
  // Until an hour after a deployment nobody is told of what its later stacks bring.
  await sandbox.settle(61 * MINUTE);
  const broken = sandbox.journal.entries.length;
  const [lastHeard = 0] = canariesIn(IRELAND.region);
  setRuleState(sandbox, defaultBusArn(IRELAND), 'DISABLED', 'failed calls to CloudTrail');
  const ofBus = sandbox.deployment.rules.get(defaultBusArn(IRELAND)) ?? [];
  const disabled = ofBus.filter(({ state }) => state === 'DISABLED').map(({ name }) => name);
  await sandbox.settle(7 * HOUR);

  const told = toldSince(broken);
  const place = `${HUB.account} eu-west-1`;
  expect(newsOf(told)).toEqual([`failed rules: ${place}`, `failed canary: ${place}`]);
  expect(disabled).toHaveLength(1);
  expect(told[0]?.rows[0]?.saw).toEqual({
    kind: 'rules-broken',
    problems: [{ rule: disabled[0], problem: 'disabled' }],
  });
  const [, missed = 0] = canariesIn(IRELAND.region);
  const { seenAt, sentAt, ...saw } = Object(told[1]?.rows[0]?.saw);
  expect(saw).toEqual({ kind: 'canary-lost' });
  // It comes back, and goes out, within the seconds that the functions take.
  expect(Math.abs(seenAt - lastHeard)).toBeLessThan(MINUTE);
  expect(Math.abs(sentAt - missed)).toBeLessThan(MINUTE);
  expect(missed - lastHeard).toBeGreaterThan(5 * HOUR);
  expect(told[1]?.body).toContain(
    `account ${HUB.account} in eu-west-1 is quiet since ${minuteOf(seenAt)}: the canary's refusal of ${minuteOf(sentAt)} did not come back`,
  );
  expect(told[1]?.body).not.toMatch(/us-east-1 is quiet|eu-central-1/);
  expect(['us-east-1', 'eu-central-1'].map((region) => canariesIn(region).length)).toEqual([2, 2]);

  const mended = sandbox.journal.entries.length;
  setRuleState(sandbox, defaultBusArn(IRELAND), HEARS_READS);
  // The probe tries the canary again, and sees in its next run that it came back.
  for (const span of [HOUR, HOUR]) await sandbox.settle(span);
  const well = [`well rules: ${place}`, `well canary: ${place}`];
  expect(newsOf(toldSince(mended))).toEqual(well);
  // Nor is it told again, or missed, when the next one goes out.
  await sandbox.settle(7 * HOUR);
  expect(newsOf(toldSince(mended))).toEqual(well);
});

/** The template of a forwarder as the version before this one had it. */
function older({ Resources, ...rest }: Template): Template {
  const patterns = { CloudTrail: OLDER_PATTERNS.cloudTrail, Neighbours: OLDER_PATTERNS.neighbours };
  const resources = Object.entries(Resources).map(([id, resource]) => {
    const [, EventPattern] = Object.entries(patterns).find(([name]) => id.includes(`Rules${name}`)) ?? [];
    if (!EventPattern) return [id, resource] as const;
    const Description = `${resource.Properties?.Description}`.replace(/\(patterns \d+\)$/, '(patterns 0)');
    return [id, { ...resource, Properties: { ...resource.Properties, EventPattern, Description } }] as const;
  });
  return { ...rest, Resources: Object.fromEntries(resources) };
}

test.each([
  ['both versions hear', 'AccessDenied', 2],
  ['only the older version hears', 'ThrottlingException', 1],
])(
  'a member whose forwarder is a version behind: what %s arrives and is handled once',
  async (_, errorCode, copies) => {
    await open(withoutProbe(inProcess));
    replaceForwarder(sandbox, PAYMENTS, older);
    const rules = sandbox.deployment.rules.get(defaultBusArn(PAYMENTS)) ?? [];
    const behind = expect.stringMatching(/^Trailmend: .* \(patterns 0\)$/);
    expect(rules.map(({ description }) => description)).toEqual([behind, behind]);

    const from = sandbox.journal.entries.length;
    const refused = refusedStop(errorCode);
    sandbox.emit(refused, true);
    await sandbox.settle();

    const since = sandbox.journal.entries.slice(from);
    const count = (kind: Entry['kind']) => since.filter((entry) => entry.kind === kind).length;
    // The hub's rules of both versions take it, as EventBridge does; whatever copies come, it counts once.
    expect({ forwarded: count('forwarded'), queued: count('queued') }).toEqual({ forwarded: 1, queued: copies });
    const items = await sandbox.database.items();
    expect(failuresOf(sandbox, items)).toEqual([]);
    expect(items.filter(({ sk }) => sk === `event#${refused.detail.eventID}`)).toHaveLength(1);
    const told = since.flatMap((entry) => (entry.kind === 'notice' ? [Object(entry.notice.json)] : []));
    expect(told.map(({ denial }) => denial?.eventId)).toEqual([refused.detail.eventID]);
  },
);

function refusedStop(errorCode: string): Envelope {
  const who = iamUser(PAYMENTS.account, 'mateo');
  const at = sandbox.clock.now();
  const errorMessage = `User: ${who.caller.arn} is not authorized to perform: cloudtrail:StopLogging`;
  const call = { at, who, region: PAYMENTS.region, service: 'cloudtrail', operation: 'StopLogging' };
  return apiCallEvent({ ...call, errorCode, errorMessage });
}
