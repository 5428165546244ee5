import { classify } from '../../../lambda/classify';
import { parseBareMessage } from '../../../lambda/denial/parse-bare-message';
import { type ParsedEvent, parseEvent } from '../../../lambda/denial/parse-event';
import { explain } from '../../../lambda/explain/explain';
import type { PolicyDocument } from '../../../lambda/explain/policy';
import { renderNotice } from '../../../lambda/notice/notice';
import { LANGUAGES } from '../../../lambda/texts/languages';
import { callSamples, hostileSamples } from './calls';
import { readForms } from './forms';
import { HOMES, type Home, IDENTITIES, type Identity } from './identities';
import { type PolicyKind, violationsOf } from './policy-grammar';
import { brokenPromises, KINDS } from './promises';
import { actionSamples, answerSamples, fixtureSamples, messageSamples, type Sample } from './samples';

const ORGANIZATION = { managementAccount: '111122223333', responderRole: null };
const [USER, ROLE] = IDENTITIES as [Identity, Identity];

type Source = (identity: Identity, home: Home) => Sample[];

/** The denials among the samples, each with its explanation. */
function explained(samples: readonly Sample[]) {
  return samples.flatMap(({ name, event }) => {
    const read: ParsedEvent = typeof event === 'string' ? parseBareMessage(event) : parseEvent(event);
    const finding = classify(read, ORGANIZATION);
    const { denial } = finding;
    return denial === null ? [] : [{ name, denial, finding: { ...finding, denial }, ...explain(finding.case, denial) }];
  });
}

type Explained = ReturnType<typeof explained>[number];

/** Every violation among the samples of every partition, once, with how often it is there and one sample that shows it. */
async function violationsAmong(source: Source, identity: Identity, homes = HOMES): Promise<string[]> {
  const found = new Map<string, string[]>();
  for (const home of homes) {
    for (const one of explained(source(identity, home))) {
      for (const problem of await problemsOf(one, identity, home)) {
        found.set(problem, [...(found.get(problem) ?? []), one.name]);
      }
    }
  }
  return Array.from(
    found,
    ([problem, names]) => `${problem} (${names.length} times, such as: ${names[0]?.slice(0, 200)})`,
  );
}

async function problemsOf(one: Explained, identity: Identity, home: Home): Promise<string[]> {
  const { allowStatement, policies } = one.fix;
  const forms = allowStatement && readForms(allowStatement, identity.attachTo, one.denial);
  const documents = policies.map(async ({ purpose, document }) =>
    (await checked(document, KINDS[purpose], home)).map((problem) => `${purpose}: ${problem}`),
  );
  return [
    ...brokenPromises(one, identity),
    ...(forms ? [...forms.violations, ...(await checked(forms.document, 'identity', home))] : []),
    ...(await Promise.all(documents)).flat(),
  ];
}

const results = new Map<string, Promise<string[]>>();

function checked(document: PolicyDocument, kind: PolicyKind, { partition }: Home): Promise<string[]> {
  const key = JSON.stringify([document, kind, partition]);
  const result = results.get(key) ?? violationsOf(document, { kind, partition });
  results.set(key, result);
  return result;
}

test('the samples reach every kind of whole policy, and PassRole', () => {
  const fixes = HOMES.flatMap((home) => explained(callSamples(ROLE, home))).map(({ fix }) => fix);
  const purposes = fixes.flatMap(({ policies }) => policies.map(({ purpose }) => purpose));

  expect([...new Set(purposes)].sort()).toEqual(Object.keys(KINDS).sort());
  expect(fixes.some(({ allowStatement }) => allowStatement?.Action === 'iam:PassRole')).toBe(true);
});

test.each(IDENTITIES.map((identity) => [identity.kind, identity] as const))(
  'what is offered to a caller of the kind "%s" is valid, and can help',
  async (_kind, identity) => {
    expect(await violationsAmong(fixtureSamples, identity)).toEqual([]);
    expect(await violationsAmong(callSamples, identity)).toEqual([]);
  },
);

test('every action that AWS documents has a valid statement', async () => {
  expect(await violationsAmong(actionSamples, USER)).toEqual([]);
});

test('hostile names reach no policy and no code', async () => {
  expect(await violationsAmong(hostileSamples, ROLE)).toEqual([]);
});

test('bare messages, which have no Region and often no account, have valid policies too', async () => {
  const anybody = IDENTITIES.filter(({ kind }) => kind === 'anonymous caller');
  const [home] = HOMES as [Home];

  expect(explained(answerSamples()).flatMap(({ fix }) => fix.policies).length).toBeGreaterThan(0);
  expect(await violationsAmong(messageSamples, USER)).toEqual([]);
  expect(await Promise.all(anybody.map((identity) => violationsAmong(answerSamples, identity, [home])))).toEqual([[]]);
});

test('no notice to anybody has the retired policy name', () => {
  const samples = IDENTITIES.flatMap((identity) => HOMES.flatMap((home) => fixtureSamples(identity, home)));
  const texts = explained(samples).flatMap(({ finding }) =>
    Object.values(LANGUAGES).map((language) =>
      JSON.stringify(renderNotice({ finding, remediation: null, accountName: null }, language)),
    ),
  );

  expect(texts.some((text) => text.includes('AWSCloudTrail_ReadOnlyAccess'))).toBe(true);
  expect(texts.filter((text) => text.includes('AWSCloudTrailReadOnlyAccess'))).toEqual([]);
});
