import { UsageError } from '../../cli/usage-error';
import { FACTS } from '../../scripts/live-check/facts';
import { liveCheck } from '../../scripts/live-check/live-check';
import {
  awsError,
  EXPECTATION,
  FakeOrganization,
  hubStack,
  MANAGEMENT,
  MEMBER,
  ORGANIZATION,
} from './live-check-organization';

const CONFIRMED = [
  ...['--organization', ORGANIZATION, '--i-may-break-this-organization'],
  ...['--member', MEMBER, '--bucket', 'logs'],
];

/** Runs the command in a fake organization. */
async function run(args: readonly string[], organization = new FakeOrganization(), interrupt = new AbortController()) {
  const io = { out: '', err: '', files: new Map<string, string>() };
  const code = await liveCheck(args, {
    aws: organization,
    credentials: async () => ({ accessKeyId: 'ASIAOPERATOR', secretAccessKey: 's' }),
    clock: organization.clock,
    env: {},
    signal: interrupt.signal,
    out: (text) => {
      io.out += text;
    },
    err: (text) => {
      io.err += text;
    },
    write: (file, text) => void io.files.set(file, text),
  });
  return { code, organization, ...io };
}

/** The row of a fact in a report. */
const rowOf = (report: string, id: string) => report.split('\n').find((line) => line.startsWith(`| \`${id}\``)) ?? '';

describe('without the two options', () => {
  test('prints the plan and calls nothing', async () => {
    const { code, out, organization } = await run([]);

    expect(code).toBe(0);
    expect(organization.asked).toEqual([]);
    for (const { id, question, expected, calls } of FACTS) {
      expect(out).toContain(`${id}: ${question}\n  expected ${expected}\n  calls    ${calls}\n`);
    }
    expect(out).toMatch(/^ {2}changes {2}Management account: deletes `AWSServiceRoleForCloudTrail`, where it is$/m);
    expect(out).toMatch(/^ {2}undo {5}The topic is deleted\.$/m);
    expect(out).toMatch(/^ {2}takes {4}up to 19 min$/m);
  });

  test.each([
    ['the confirmation', ['--organization', ORGANIZATION, '--member', MEMBER], /without both/],
    ['the organization', ['--i-may-break-this-organization', '--member', MEMBER], /without both/],
    [
      'the member',
      ['--organization', ORGANIZATION, '--i-may-break-this-organization'],
      /--member must be the 12 digits/,
    ],
  ])('refuses to go on without %s', async (_, args, message) => {
    const organization = new FakeOrganization();

    await expect(run(args, organization)).rejects.toThrow(message);
    await expect(run(args, organization)).rejects.toBeInstanceOf(UsageError);
    expect(organization.asked).toEqual([]);
  });

  test('says what it takes with --help', async () => {
    expect((await run(['--help'])).out).toContain('--i-may-break-this-organization');
    await expect(run(['--wrong'])).rejects.toThrow(UsageError);
    await expect(run(['--only', 'price,wrong'])).rejects.toThrow('there is no fact wrong');
  });
});

describe('in another place than the one named', () => {
  test.each([
    ['organization', { Id: 'o-production', MasterAccountId: MANAGEMENT }, 'lead to organization o-production'],
    ['account', { Id: ORGANIZATION, MasterAccountId: MEMBER }, 'not of the management account'],
  ])('changes nothing: another %s', async (_, Organization, message) => {
    const organization = new FakeOrganization();
    organization.instead.DescribeOrganization = () => ({ Organization });

    await expect(run(CONFIRMED, organization)).rejects.toThrow(message);
    expect(organization.asked).toEqual(['GetCallerIdentity', 'DescribeOrganization']);
  });
});

describe('in the organization named', () => {
  test('sees every fact, undoes every change and exits with 0', async () => {
    const organization = new FakeOrganization();
    const began = organization.time;

    const { code, out, err } = await run(CONFIRMED, organization);

    for (const { id, isForLater } of FACTS) {
      expect(rowOf(out, id)).toContain(isForLater ? '| not checked |' : '| as expected |');
    }
    expect(code).toBe(0);
    expect([...organization.state]).toEqual(['linked role']);
    expect(organization.time - began).toBeLessThan(25 * 60_000);
    expect(rowOf(out, 'one-hop')).toContain(
      `reached Trailmend 20 s after the call, as account ${MEMBER}, Region eu-west-1`,
    );
    expect(rowOf(out, 'price')).toContain('aws ce get-cost-and-usage --time-period Start=2026-12-01');
    expect(err).toMatch(
      /^\d\d:\d\d change: service-linked role AWSServiceRoleForCloudTrail deleted .* by hand: aws iam/m,
    );
    expect(err).toMatch(/^\d\d:\d\d undone: trusted access for CloudTrail$/m);
  });

  test('says what differs, and exits with 1', async () => {
    const organization = new FakeOrganization();
    organization.instead.GetTrailStatus = () => {
      throw awsError('TrailNotFoundException', 'Unknown trail: x');
    };

    organization.instead.PutEvents = () => {
      throw awsError('InternalException', 'try later', 500);
    };
    const only = ['--only', 'absent-trail,absent-role,forged-source'];
    const { code, out } = await run([...CONFIRMED, ...only], organization);

    expect(code).toBe(1);
    expect(rowOf(out, 'absent-trail')).toContain(
      '| **different** | TrailNotFoundException (HTTP 400): Unknown trail: x |',
    );
    expect(rowOf(out, 'absent-role')).toContain('| as expected |');
    expect(rowOf(out, 'forged-source')).toContain('| not checked | InternalException: try later |');
    expect(out).toContain('1 as expected, 1 different, 1 not checked.');
  });

  test('does not check what it cannot look at, and says why', async () => {
    const organization = new FakeOrganization();
    organization.instead.DescribeStacks = () => {
      throw awsError('ValidationError', 'Stack with id TrailmendHub does not exist');
    };

    const { code, out } = await run(CONFIRMED, organization);

    expect(code).toBe(1);
    expect(rowOf(out, 'own-metrics')).toContain('| not checked | there is no stack TrailmendHub');
    expect(rowOf(out, 'exception')).toContain('| as expected |');
    expect(rowOf(out, 'exception-in-hub')).toContain('| not checked | there is no stack TrailmendHub');
  });

  test('does not take the role away from a Trailmend that would create it', async () => {
    const organization = new FakeOrganization();
    const deployed = { ...EXPECTATION, stackSetName: null, remediation: 'auto' } as const;
    organization.instead.DescribeStacks = () => hubStack(deployed, organization.time);

    const { out } = await run([...CONFIRMED, '--only', 'exception,stack-set'], organization);

    expect(rowOf(out, 'exception')).toContain('Trailmend is deployed in `auto` and would create the role');
    expect(rowOf(out, 'stack-set')).toContain('has no `organizationalUnits`, so no StackSet');
    expect(organization.asked).not.toContain('DeleteServiceLinkedRole');
  });

  test('does not take the role away where there is an organization trail', async () => {
    const organization = new FakeOrganization();
    organization.instead.DescribeTrails = () => ({
      trailList: [{ IsOrganizationTrail: true, TrailARN: 'arn:trail/all' }],
    });

    const { out } = await run([...CONFIRMED, '--only', 'exception'], organization);

    expect(rowOf(out, 'exception')).toContain('there is an organization trail, arn:trail/all');
    expect(organization.asked).not.toContain('DeleteServiceLinkedRole');
  });

  test('changes nothing where another version is deployed', async () => {
    const organization = new FakeOrganization();
    organization.instead.DescribeStacks = () => ({ Stacks: [{ Outputs: [] }] });

    await expect(run(CONFIRMED, organization)).rejects.toThrow(
      'has no output TrailmendExpectation: deploy this version',
    );
    expect(organization.asked.at(-1)).toBe('DescribeStacks');
  });

  test('undoes what was changed when a stage fails half-way', async () => {
    const organization = new FakeOrganization();
    organization.instead.RegisterDelegatedAdministrator = () => {
      throw awsError('ConstraintViolationException', 'too many');
    };

    const { code, out } = await run(CONFIRMED, organization);

    expect(code).toBe(1);
    expect(rowOf(out, 'one-hop')).toContain('the stage could not be reached: ConstraintViolationException: too many');
    expect(organization.asked).not.toContain('DeregisterDelegatedAdministrator');
    expect([...organization.state]).toEqual(['linked role']);
  });

  test('undoes what may have been done when the answer was lost', async () => {
    const organization = new FakeOrganization();
    organization.instead.EnableAWSServiceAccess = () => {
      organization.state.add('trusted access');
      throw new Error('socket hang up');
    };

    await run(CONFIRMED, organization);

    expect([...organization.state]).toEqual(['linked role']);
  });

  test('undoes everything when it is interrupted, and still reports', async () => {
    const organization = new FakeOrganization();
    const interrupt = new AbortController();
    organization.instead.LookupEvents = () => {
      interrupt.abort();
      return {};
    };

    const { code, out } = await run(CONFIRMED, organization, interrupt);

    expect(code).toBe(1);
    expect(rowOf(out, 'encoded-message')).toContain('| not checked | interrupted |');
    expect(rowOf(out, 'organization-trail')).toContain('interrupted');
    expect([...organization.state]).toEqual(['linked role']);
  });

  test('goes on undoing when something cannot be undone, and says how a person does it', async () => {
    const organization = new FakeOrganization();
    organization.instead.DisableAWSServiceAccess = () => {
      throw awsError('TooManyRequestsException', 'slow down');
    };

    const { code, out } = await run(CONFIRMED, organization);

    expect(code).toBe(1);
    expect(out).toContain(
      '## NOT undone\n\n- trusted access for CloudTrail: TooManyRequestsException: slow down. By hand: aws',
    );
    expect([...organization.state]).toEqual(['trusted access', 'linked role']);
  });

  test('writes the report to a file, without account ids when they are to be masked', async () => {
    const { out, files } = await run([...CONFIRMED, '--mask', '--out', 'seen.md']);

    const report = files.get('seen.md') ?? '';
    expect(out).toBe('');
    expect(report).toMatch(
      /^# Trailmend: live check\n\n2026-12-01T09:00:00.000Z, \d+ min, organization o-exampleorgid/,
    );
    expect(report).not.toMatch(`${MANAGEMENT}|${MEMBER}|${ORGANIZATION}`);
    expect(rowOf(report, 'one-hop')).toContain('as account 222233334444');
    expect(report).toContain('### CreateTrail in the member account, us-east-1\n\n```json\n{');
  });
});
