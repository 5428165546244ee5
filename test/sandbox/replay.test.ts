import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalOrganization } from '../../sandbox/organization/local-organization';
import { readReplay } from '../../sandbox/scenario/replay';
import { refusedRead } from './small-organization';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailmend-replay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('accounts and Regions of the events are part of the organization, what is none is not', () => {
  const events = [
    refusedRead({ account: '999988887777', region: 'ap-northeast-1' }),
    refusedRead({ account: '333344445555', region: 'eu-west-1' }),
    refusedRead({ account: 'nobody', region: 'mx-central-1' }),
    refusedRead({ account: '999988886666', region: 'us-gov-west-1' }),
    refusedRead({ account: '999988885555', region: 'Mars' }),
  ];
  const file = join(folder, 'events.json');
  writeFileSync(file, JSON.stringify(events));
  const organization = new LocalOrganization(readReplay([file]).additions);

  expect(organization.regions).toEqual(['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-northeast-1']);
  expect(organization.members).toHaveLength(13);
  expect(organization.members).toContain('999988887777');
  expect(organization.nameOf('999988887777')).toBe('Account 999988887777');
  expect(events.map((event) => organization.placeOf(event).account)).toEqual([
    '999988887777',
    '333344445555',
    ...Array(3).fill('111122223333'),
  ]);
  expect(events.every((event) => organization.isLogged(event))).toBe(true);
});
