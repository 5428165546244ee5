import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { fixtureEvent } from '../support/fixtures';
import { runCli } from '../support/run-cli';

const MESSAGE =
  'User: arn:aws:iam::111122223333:user/mateo is not authorized to perform: cloudtrail:StopLogging because no identity-based policy allows the cloudtrail:StopLogging action';
const MISSING = fixtureEvent('missing-service-linked-role/takes--delegated-administrator-creates-trail');
const UNRELATED = fixtureEvent('not-covered/takes--ec2-denial') as { detail: object };

const trailmend = (args: string[], input: string | Buffer = '') =>
  runCli(args, { input: () => Readable.from([Buffer.from(input)]) });

const explainJson = async (input: string | Buffer) => {
  const { code, out } = await trailmend(['explain', '-', '--json'], input);
  const lines = out.trim().split('\n');
  return { code, lines: lines.map((line) => JSON.parse(line)), cases: lines.map((line) => JSON.parse(line).case) };
};

test('prints one line by the contract', async () => {
  const { code, lines } = await explainJson(JSON.stringify(MISSING));

  expect(code).toBe(0);
  expect(lines).toEqual([
    {
      case: 'missing-service-linked-role',
      severity: 'high',
      denial: {
        principal: 'arn:aws:iam::222233334444:role/SecurityEngineer',
        principalType: 'AssumedRole',
        account: '222233334444',
        region: 'us-east-1',
        service: 'cloudtrail',
        operation: 'CreateTrail',
        action: 'cloudtrail:CreateTrail',
        resource: expect.any(String),
        errorCode: 'NoManagementAccountSLRExistsException',
        eventId: expect.any(String),
      },
      explanation: {
        layer: 'unknown',
        effect: 'unknown',
        policyArn: null,
        evidence: 'unknown',
        owner: expect.stringContaining('management account'),
        nextStep: expect.stringContaining('management account'),
        summary: expect.stringContaining('Role SecurityEngineer (session kim) was refused cloudtrail:CreateTrail'),
      },
      fix: {
        allowStatement: null,
        certain: false,
        managedPolicy: null,
        attachTo: { kind: 'role', name: 'SecurityEngineer' },
        forms: null,
        policies: [],
        commands: [],
      },
      plan: {
        kind: 'create-service-linked-role',
        reason: expect.any(String),
        roles: ['AWSServiceRoleForCloudTrail'],
      },
      incidentKey: expect.stringMatching(/^[0-9a-f]{12}$/),
      docs: expect.stringMatching(/^https:\/\/docs\.aws\.amazon\.com\/.*#security_iam_troubleshoot-no-slr$/),
    },
  ]);
});

test.each([
  ['an event', JSON.stringify(UNRELATED), ['not-covered']],
  ['a bare record', JSON.stringify(UNRELATED.detail), ['not-covered']],
  ['a bare message', MESSAGE, ['cloudtrail-action-denied']],
  ['a message as a JSON string', JSON.stringify(MESSAGE), ['cloudtrail-action-denied']],
  [
    'an array of anything',
    JSON.stringify([MISSING, MESSAGE]),
    ['missing-service-linked-role', 'cloudtrail-action-denied'],
  ],
  ['a log file', JSON.stringify({ Records: [UNRELATED.detail, UNRELATED.detail] }), ['not-covered', 'not-covered']],
  ['a gzipped log file', gzipSync(JSON.stringify({ Records: [UNRELATED.detail] })), ['not-covered']],
  [
    'JSON Lines',
    `${JSON.stringify(MESSAGE)}\n\n${JSON.stringify(UNRELATED)}\n`,
    ['cloudtrail-action-denied', 'not-covered'],
  ],
])('reads %s', async (_what, input, cases) => {
  expect((await explainJson(input)).cases).toEqual(cases);
});

test('keeps the order, and answers malformed input in its place', async () => {
  const { code, lines } = await explainJson(`${JSON.stringify(MESSAGE)}\n{"broken":\n5\n`);

  expect(code).toBe(0);
  expect(lines.map(({ case: id, denial, plan }) => [id, denial === null, plan.kind, plan.reason])).toEqual([
    ['cloudtrail-action-denied', false, 'notify', expect.any(String)],
    ['not-covered', true, 'ignore', 'malformed: line 2 is not JSON'],
    ['not-covered', true, 'ignore', expect.stringMatching(/^malformed: /)],
  ]);
});

test('fills denial and explanation also for a denial that is not covered', async () => {
  const { code, lines } = await explainJson(JSON.stringify(UNRELATED));

  expect(code).toBe(1);
  expect(lines[0]).toMatchObject({
    case: 'not-covered',
    plan: { kind: 'ignore' },
    denial: { action: 'ec2:RunInstances' },
    explanation: { layer: 'identity-policy', effect: 'implicit-deny', evidence: 'stated' },
  });
});

test('gives two sessions of one role the same incident key', async () => {
  const other = JSON.parse(JSON.stringify(MISSING).replaceAll('/kim"', '/lee"').replaceAll(':kim"', ':lee"'));
  const { lines } = await explainJson(JSON.stringify([MISSING, other]));

  expect(JSON.stringify(other)).not.toBe(JSON.stringify(MISSING));
  expect(lines[0].incidentKey).toBe(lines[1].incidentKey);
});

test('tells a person the case, the plan, who, what, where, and how to retry', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trailmend-')), 'event.json');
  writeFileSync(file, JSON.stringify(MISSING));

  const { code, out } = await trailmend(['explain', file]);

  expect(code).toBe(0);
  for (const part of [
    'missing-service-linked-role',
    'Role SecurityEngineer (session kim)',
    'aws cloudtrail create-trail',
    'us-east-1',
  ]) {
    expect(out).toContain(part);
  }
});

test.each([
  ['an unknown option', ['explain', '-', '--nope'], MESSAGE, /unknown option '--nope'/],
  ['an unknown command', ['mend'], '', /unknown command 'mend'/],
  ['no command', [], '', /no command/],
  ['no file', ['explain'], '', /missing required argument 'file'/],
  ['an unreadable file', ['explain', '/no/such/file'], '', /\/no\/such\/file cannot be read \(ENOENT\)/],
  ['a directory', ['explain', tmpdir()], '', /cannot be read \(EISDIR\)/],
  ['empty input', ['explain', '-'], ' \n', /is empty/],
  ['broken JSON', ['explain', '-'], '{"detail":', /is not JSON/],
  ['text that refuses nothing', ['explain', '-'], 'hello', /neither JSON nor/],
  ['broken gzip', ['explain', '-'], Buffer.from([0x1f, 0x8b, 1, 2]), /broken gzip/],
])('answers %s with one line and exit code 2', async (_what, args, input, line) => {
  const { code, out, err } = await trailmend(args, input);

  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(line);
  expect(err).toMatch(/^trailmend: [^\n]+\n$/);
});

test('--help names the exit codes', async () => {
  const { code, out } = await trailmend(['explain', '--help']);

  expect(code).toBe(0);
  expect(out).toContain('Exit code: 0');
});
