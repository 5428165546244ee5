import Ajv from 'ajv';
import { readSettings } from '../../lib/settings';
import schema from '../../schemas/settings-1.schema.json';

const ORGANIZATION = {
  organizationId: 'o-exampleorgid',
  homeRegion: 'us-east-1',
  regions: ['eu-west-1'],
  organizationalUnits: ['r-abcd'],
};
const FILTER = { include: ['111122223333'] };
const read = (trailmend: object) => () => readSettings({ trailmend });
const isValid = new Ajv({ formats: { email: true } }).compile(schema);

describe('settings about accounts and Regions', () => {
  it.each([
    ['one Region', { homeRegion: 'us-east-1' }],
    ['several Regions', { homeRegion: 'ap-northeast-1', regions: ['us-east-1', 'eu-central-1'] }],
    ['the whole organization', ORGANIZATION],
    ['members in the home Region only', { ...ORGANIZATION, regions: [] }],
    ['organizational units', { ...ORGANIZATION, organizationalUnits: ['ou-abcd-11111111', 'ou-abcd-22222222'] }],
    ['GovCloud', { homeRegion: 'us-gov-east-1', regions: ['us-gov-west-1'] }],
    ['China, where no document says where global services are recorded', { homeRegion: 'cn-northwest-1' }],
    ['some accounts', { ...ORGANIZATION, autoDeployment: false, accountFilter: FILTER }],
    ['all accounts but some', { ...ORGANIZATION, autoDeployment: false, accountFilter: { exclude: ['111122223333'] } }],
  ])('take %s, as their schema does', (_, trailmend) => {
    expect(readSettings({ trailmend })).toMatchObject(trailmend);
    expect([isValid(trailmend), isValid.errors]).toEqual([true, null]);
  });

  it('come as texts from the command line', () => {
    const given = {
      organizationId: 'o-exampleorgid',
      homeRegion: 'us-east-1',
      regions: 'eu-west-1, eu-central-1',
      organizationalUnits: 'ou-abcd-11111111,ou-abcd-22222222',
      autoDeployment: 'false',
      accountFilter: '{"exclude":["111122223333"]}',
    };
    const context = Object.fromEntries(Object.entries(given).map(([name, value]) => [`trailmend.${name}`, value]));

    expect(readSettings(context)).toMatchObject({
      regions: ['eu-west-1', 'eu-central-1'],
      organizationalUnits: ['ou-abcd-11111111', 'ou-abcd-22222222'],
      autoDeployment: false,
      accountFilter: { exclude: ['111122223333'] },
    });
  });

  it.each([
    [
      'homeRegion',
      'us-est-1',
      /^- homeRegion: "us-est-1" is not allowed; give a Region that the installed aws-cdk-lib/m,
    ],
    ['regions', ['us-est-1'], /^- regions: "us-est-1" is not allowed; give a list of different Regions/m],
    [
      'regions',
      ['us-east-1', 'us-east-1'],
      /^- regions: \["us-east-1","us-east-1"\] is not allowed; give .* different/m,
    ],
    ['organizationalUnits', ['o-exampleorgid'], /^- organizationalUnits: "o-exampleorgid" is not allowed; give .*ou-/m],
    ['organizationalUnits', ['ou-ab'], /^- organizationalUnits: "ou-ab" is not allowed/m],
    ['autoDeployment', 'no', /^- autoDeployment: "no" is not allowed; give true or false/m],
    [
      'accountFilter',
      { include: ['1'] },
      /^- accountFilter: \{"include":\["1"\]\} is not allowed; give an object with/m,
    ],
    ['accountFilter', { ...FILTER, exclude: ['222233334444'] }, /^- accountFilter: .* either include or exclude/m],
    ['accountFilter', {}, /^- accountFilter: \{\} is not allowed/m],
  ])('refuse by itself %s %j', (name, value, message) => {
    expect(read({ ...ORGANIZATION, [name]: value })).toThrow(message);
  });

  it.each([
    [
      'account filters with automatic deployment, saying why',
      { ...ORGANIZATION, accountFilter: FILTER },
      /^- accountFilter: .* while autoDeployment is true; .* to accounts that join, StackSets deploy whatever the filter/m,
    ],
    [
      'account filters without organizational units',
      { autoDeployment: false, accountFilter: FILTER },
      /^- accountFilter: .* without organizationalUnits; give those/m,
    ],
    [
      'Regions without that of global services, naming it',
      { homeRegion: 'eu-west-1', regions: ['eu-central-1'] },
      /^- regions: \["eu-central-1"\] is not allowed with the home Region eu-west-1; add us-east-1, where IAM/m,
    ],
    ['a home Region without it', { homeRegion: 'eu-west-1' }, /^- regions: \[\] .* add us-east-1/m],
    ['the same in GovCloud', { homeRegion: 'us-gov-east-1' }, /^- regions: .* add us-gov-west-1/m],
    [
      'Regions of two partitions',
      { homeRegion: 'us-east-1', regions: ['eu-west-1', 'us-gov-west-1', 'cn-north-1'] },
      /^- regions: .*: us-east-1 is in aws, not so us-gov-west-1 \(aws-us-gov\), cn-north-1 \(aws-cn\)$/m,
    ],
    [
      'the home Region once more',
      { homeRegion: 'us-east-1', regions: ['us-east-1'] },
      /^- regions: .* leave out us-east-1/m,
    ],
    ['Regions without a home', { regions: ['us-east-1'] }, /^- homeRegion: is missing; .* which regions need/m],
    [
      'organizational units without a home',
      { organizationId: 'o-exampleorgid', organizationalUnits: ['r-abcd'] },
      /^- homeRegion: is missing; .* which organizationalUnits need/m,
    ],
    [
      'organizational units without an organization',
      { homeRegion: 'us-east-1', organizationalUnits: ['r-abcd'] },
      /^- organizationalUnits: \["r-abcd"\] .* without organizationId; .* the bus would admit no member$/m,
    ],
    [
      'the root beside units that it holds',
      { ...ORGANIZATION, organizationalUnits: ['r-abcd', 'ou-abcd-11111111'] },
      /^- organizationalUnits: .* give the root alone/m,
    ],
    [
      'organizational units in China',
      { ...ORGANIZATION, homeRegion: 'cn-north-1', regions: [] },
      /^- organizationalUnits: .* StackSets reach no organization in the China Regions$/m,
    ],
    [
      'lists that the environment of the probe has no room for',
      {
        ...ORGANIZATION,
        autoDeployment: false,
        accountFilter: { include: Array.from({ length: 150 }, (_, at) => String(100_000_000_000 + at)) },
      },
      /^- regions, organizationalUnits and accountFilter: \d{4} characters together as JSON .* give at most 2000/m,
    ],
  ])('refuse together %s', (_, trailmend, message) => {
    expect(read(trailmend)).toThrow(message);
  });

  it('name every mistake at once, those of single settings and those of several', () => {
    const trailmend = {
      homeRegion: 'eu-west-1',
      regions: ['eu-west-1'],
      organizationalUnits: ['r-abcd', 'ou-abcd-11111111'],
      accountFilter: FILTER,
      emails: ['nobody'],
    };

    let mistakes: string[] = [];
    try {
      readSettings({ trailmend });
    } catch (error) {
      mistakes = String(error).split('\n- ').slice(1);
    }

    expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual([
      'emails',
      'regions',
      'regions',
      'organizationalUnits',
      'organizationalUnits',
      'accountFilter',
    ]);
  });

  it('say nothing more of a setting that is wrong by itself', () => {
    const trailmend = { ...ORGANIZATION, organizationId: 'O-1', regions: ['us-est-1'], accountFilter: { include: [] } };

    expect(read(trailmend)).toThrow(/^(?!.*(?:without organizationId|add us-east-1|while autoDeployment))/s);
  });
});

describe('the schema of the settings', () => {
  it.each([
    ['an unknown setting', { colour: 'red' }],
    ['an unknown Region', { homeRegion: 'us-est-1' }],
    ['Regions without a home', { regions: ['us-east-1'] }],
    ['organizational units without an organization', { homeRegion: 'us-east-1', organizationalUnits: ['r-abcd'] }],
    ['an account filter with the default of autoDeployment', { ...ORGANIZATION, accountFilter: FILTER }],
    ['a text where a number belongs', { windowMinutes: '30' }],
  ])('refuses %s', (_, settings) => {
    expect(isValid(settings)).toBe(false);
  });

  it('says of every setting what it is for and what is allowed', () => {
    for (const [name, { description }] of Object.entries(schema.properties)) {
      expect([name, description]).toEqual([name, expect.stringMatching(/^[A-Z].+\. Allowed: .+\.$/)]);
    }
  });
});
