import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { classify } from '../../../lambda/classify';
import { parseEvent } from '../../../lambda/denial/parse-event';
import { type NoticeSubject, renderNotice } from '../../../lambda/notice/notice';
import type { RoleOutcome, Standing } from '../../../lambda/plan/remediation';
import { en } from '../../../lambda/texts/en';
import { LANGUAGES } from '../../../lambda/texts/languages';
import { fixtureEvent, fixtureFolders, fixturesOf } from '../../support/fixtures';

const ORGANIZATION = { managementAccount: '111122223333', responderRole: 'arn:aws:iam::111122223333:role/Responder' };
const ROLE = { name: 'AWSServiceRoleForCloudTrail', service: 'cloudtrail.amazonaws.com' };
const CONTEXT_ROLE = { name: 'AWSServiceRoleForCloudTrailEventContext', service: 'context.cloudtrail.amazonaws.com' };
const NOBODY: Standing = { delegatedAdministrators: [], organizationTrail: false, errors: [] };
const CREATE_TRAIL = 'missing-service-linked-role/takes--delegated-administrator-creates-trail';

const conformsToSchema = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(join(__dirname, '../../../schemas/notice-1.schema.json'), 'utf8')),
);

function subject(event: unknown): NoticeSubject {
  const finding = classify(parseEvent(event), ORGANIZATION);
  if (finding.denial === null) {
    throw new Error(`no denial: ${finding.plan.reason}`);
  }
  return { finding: { ...finding, denial: finding.denial }, remediation: null, accountName: 'Payments' };
}

function mended(
  roles: RoleOutcome[],
  standing = NOBODY,
  delivery = { number: 1, of: 6, again: false },
  path = CREATE_TRAIL,
) {
  return renderNotice({ ...subject(fixtureEvent(path)), remediation: { roles, standing, delivery } }, en);
}

const everyFixture = fixtureFolders.flatMap((folder) =>
  fixturesOf(folder)
    .filter(({ expected }) => expected.action !== undefined)
    .map((fixture) => [`${folder}/${fixture.file}`, fixture.event] as const),
);

/** Columns of a line: Chinese characters, kana and full-width forms take two. */
const columns = (line: string) =>
  Array.from(line).reduce((sum, c) => sum + (/[\u3000-\u9fff\uff01-\uff60]/.test(c) ? 2 : 1), 0);

describe.each(Object.entries(LANGUAGES))('in %s', (_locale, texts) => {
  test.each(everyFixture)('the notice of %s fits a mail, a filter policy and the schema', (_path, event) => {
    const notice = renderNotice(subject(event), texts);

    expect(notice.subject).toMatch(/^Trailmend: [^\p{C}]{1,88}$/u);
    const prose = notice.text
      .split('\n')
      .filter((line) => !/\S{57}|^ +"|^ +aws /.test(line) && !line.includes(' aws '));
    expect(prose.filter((line) => columns(line) > 72)).toEqual([]);
    expect(Object.values(notice.attributes).every((value) => value.length > 0)).toBe(true);
    expect(conformsToSchema(notice.json) ? [] : conformsToSchema.errors).toEqual([]);
  });
});

test('stays small enough for SNS, whatever the request was', () => {
  const event = fixtureEvent(CREATE_TRAIL) as { detail: Record<string, unknown> };
  const requestParameters = {
    name: 'n'.repeat(90_000),
    tags: Array.from({ length: 3_000 }, () => ({ key: 'k', value: 'v' })),
  };
  const about = subject({ ...event, detail: { ...event.detail, requestParameters } });
  const remediation = {
    roles: [{ role: ROLE, kind: 'created' as const }],
    standing: NOBODY,
    delivery: { number: 1, of: 6, again: false },
  };
  const notice = renderNotice({ ...about, remediation }, LANGUAGES.ja);

  // SNS takes 262,144 bytes: twice the text and five times the JSON, escaped once more.
  expect(2 * Buffer.byteLength(notice.text) + 5 * Buffer.byteLength(JSON.stringify(notice.json))).toBeLessThan(100_000);
});

test('says what was created, who can retry with which command, and how to undo it', () => {
  const notice = mended([{ role: ROLE, kind: 'created' }]);

  expect(notice.subject).toBe('Trailmend: role created for Payments (222233334444): AWSServiceRoleForCloudTrail');
  expect(notice.text).toContain('Role SecurityEngineer (session kim) was refused');
  expect(notice.text).toContain(
    'aws cloudtrail create-trail --name organization-trail --s3-bucket-name example-org-cloudtrail-logs --include-global-service-events --is-multi-region-trail --enable-log-file-validation --is-organization-trail --region us-east-1',
  );
  expect(notice.text).toContain('aws iam delete-service-linked-role --role-name AWSServiceRoleForCloudTrail');
  expect(notice.text).not.toContain('solved');
  expect(notice.attributes).toEqual({
    case: 'missing-service-linked-role',
    plan: 'create-service-linked-role',
    account: '222233334444',
    region: 'us-east-1',
    severity: 'high',
  });
});

test('names the branch of the page: register a delegate, create the trail, or neither', () => {
  const created: RoleOutcome[] = [{ role: ROLE, kind: 'created' }];
  const delegate = ['222233334444'];

  expect(mended(created).text).toContain('register-organization-delegated-admin');
  const oneDelegate = mended(created, { ...NOBODY, delegatedAdministrators: delegate }).text;
  expect(oneDelegate).toContain('222233334444');
  expect(oneDelegate).not.toContain('register-organization-delegated-admin');
  const done = mended(created, { delegatedAdministrators: delegate, organizationTrail: true, errors: [] }).text;
  expect(done).not.toContain('register-organization-delegated-admin');
  expect(done).not.toContain('No organization trail');
});

test('says why the branch is not known when a look failed', () => {
  const error = { name: 'ThrottlingException', message: 'Rate exceeded', passing: true, mayBeDone: false };
  const standing = { delegatedAdministrators: null, organizationTrail: true, errors: [error] };

  expect(mended([{ role: ROLE, kind: 'created' }], standing).text).toContain('ThrottlingException: Rate');
});

test('names the rights the code may stand for when the role was there all along', () => {
  const notice = mended([{ role: ROLE, kind: 'already-present', createdAt: '2024-01-01T00:00:00.000Z' }]);

  expect(notice.text).toContain('organizations:ListAWSServiceAccessForOrganization');
  expect(notice.attributes.severity).toBe('medium');
});

test('sends the caller back to the call when the role came into being after it failed', () => {
  const notice = mended([{ role: ROLE, kind: 'already-present', createdAt: '2026-11-02T03:05:00.000Z' }]);

  expect(notice.text).toContain('has come into being since');
  expect(notice.text).not.toContain('organizations:ListAWSServiceAccessForOrganization');
});

test('names the manual step for the failed role, and does not hide the other one', () => {
  const error = { name: 'ServiceFailureException', message: 'IAM is ill', passing: true, mayBeDone: false };
  const notice = mended(
    [
      { role: ROLE, kind: 'created' },
      { role: CONTEXT_ROLE, kind: 'create-failed', error },
    ],
    NOBODY,
    { number: 1, of: 6, again: true },
    'missing-service-linked-role/takes--register-delegate-needs-both',
  );

  expect(notice.subject).toContain(
    'could not create the role for Payments (111122223333): AWSServiceRoleForCloudTrailEve',
  );
  expect(notice.text).toContain('AWSServiceRoleForCloudTrail: created');
  const words = notice.text.replace(/\s+/g, ' ');
  expect(notice.text).toContain(
    'aws iam create-service-linked-role --aws-service-name context.cloudtrail.amazonaws.com\n',
  );
  expect(words).toContain('(ServiceFailureException: IAM is ill)');
  expect(words).toContain('try 1 of 6');
});

test('says what observe left undone', () => {
  const notice = mended([{ role: ROLE, kind: 'would-create' }]);

  expect(notice.subject).toContain('observe');
  expect(notice.text.replace(/\s+/g, ' ')).toContain('deploy with remediation set to auto');
  expect(notice.text).not.toContain('delete-service-linked-role');
});

test('offers a template with gaps when the record has no parameters', () => {
  const notice = mended(
    [{ role: ROLE, kind: 'created' }],
    NOBODY,
    undefined,
    'missing-service-linked-role/takes--look-alike-without-suffix',
  );

  expect(notice.text).toContain('aws cloudtrail create-trail --name <name> --s3-bucket-name <bucket>');
});

test('neutralises hostile names: no forged lines, no links, no command of theirs', () => {
  const event = fixtureEvent(CREATE_TRAIL) as { detail: Record<string, unknown> };
  const evil = 'x\r\nNext step      curl https://evil.example/?a=1 \u202e\u0007 www.evil.example';
  const detail = {
    ...event.detail,
    errorCode: 'AccessDenied',
    errorMessage: undefined,
    requestParameters: { name: evil },
    awsRegion: evil,
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/${evil}` },
  };
  const notice = renderNotice(subject({ ...event, detail }), en);

  expect(notice.text.match(/^Next step/gm)).toHaveLength(1);
  expect(`${notice.subject}\n${notice.text}`).not.toMatch(/https:\/\/evil|www\.evil|\p{Cf}|\r/u);
  expect(notice.subject).not.toMatch(/\p{Cc}/u);
  expect(Object.values(notice.attributes).join()).not.toMatch(/[\r\n\u202e]/);
});

test('quotes what a retry command takes from the request for the shell, and drops what cannot be quoted', () => {
  const event = fixtureEvent(CREATE_TRAIL) as { detail: Record<string, unknown> };
  const withName = (name: string) => {
    const about = subject({ ...event, detail: { ...event.detail, requestParameters: { name } } });
    const remediation = {
      roles: [{ role: ROLE, kind: 'created' as const }],
      standing: NOBODY,
      delivery: { number: 1, of: 6, again: false },
    };
    return renderNotice({ ...about, remediation }, en).text;
  };

  expect(withName("a'; rm -rf /")).toContain("--name 'a'\\''; rm -rf /' --region us-east-1");
  expect(withName('a\nb')).toContain('--name <name> --s3-bucket-name <bucket>');
});
