import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CASES } from '../../lambda/cases';
import { classify } from '../../lambda/classify';
import { parseEvent } from '../../lambda/denial/parse-event';
import { en } from '../../lambda/texts/en';
import { fixtureFolders, fixturesOf } from '../support/fixtures';

const ORGANIZATION = {
  managementAccount: '111122223333',
  responderRole: 'arn:aws:iam::111122223333:role/TrailmendHub-Responder',
};

const NOT_CASES = ['case', 'index', 'severity'];

describe.each(fixtureFolders)('%s', (folder) => {
  test.each(fixturesOf(folder).map((fixture) => [fixture.name, fixture] as const))(
    '%s',
    (_name, { event, expected }) => {
      const { denial, plan, ...finding } = classify(parseEvent(event), ORGANIZATION);

      const { roles, ...rest } = expected;
      expect({
        ...finding,
        plan: plan.kind,
        action: denial?.action,
        resource: denial?.resource ?? undefined,
        principal: denial?.caller.principal,
      }).toMatchObject(rest);
      expect('roles' in plan ? plan.roles.map(({ name }) => name) : undefined).toEqual(roles);
    },
  );

  test('has an event that the case takes and one that it declines', () => {
    const fixtures = fixturesOf(folder);
    const taken = fixtures.filter(({ file }) => file.startsWith('takes--'));
    const declined = fixtures.filter(({ file }) => file.startsWith('declines--'));

    expect(taken.length).toBeGreaterThan(0);
    expect(declined.length).toBeGreaterThan(0);
    expect(taken.length + declined.length).toBe(fixtures.length);
    expect(taken.every(({ expected }) => expected.case === folder)).toBe(true);
    expect(declined.some(({ expected }) => expected.case === folder)).toBe(false);
  });
});

describe('the list of cases', () => {
  const ids = CASES.map(({ id }) => id).sort();

  test('names every file of lambda/cases, each by its id', () => {
    const files = readdirSync(join(__dirname, '../../lambda/cases')).map((file) => file.replace(/\.ts$/, ''));

    expect(files.filter((file) => !NOT_CASES.includes(file)).sort()).toEqual(ids);
  });

  test('has fixtures for every case', () => {
    expect(fixtureFolders).toEqual(ids);
  });

  test('has texts for every case', () => {
    expect(Object.keys(en.causes).sort()).toEqual(ids);
    expect(Object.keys(en.subjects)).toEqual(expect.arrayContaining(ids));
  });

  test('ends with the case that takes everything', () => {
    expect(CASES.at(-1)?.id).toBe('not-covered');
  });
});
