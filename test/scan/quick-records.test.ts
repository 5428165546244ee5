import { classify } from '../../lambda/classify';
import { parseEvent } from '../../lambda/denial/parse-event';
import { MENTION } from '../../lambda/denial/ties';
import { event } from '../fuzz/events';
import { randomOf } from '../fuzz/random';
import { fixtureFolders, fixturesOf } from '../support/fixtures';
import { differenceIn } from './equality';
import { oddFileOf } from './odd-files';

/** `npm run scan-equality` compares a million records. */
const FILES = 400;

test('finds in odd files what parsing everything finds', () => {
  const differences = Array.from({ length: FILES }, (_, at) => ({ at, text: oddFileOf(randomOf(1, at)) }))
    .map(({ at, text }) => ({ at, difference: differenceIn(text, at % 2 === 0) }))
    .filter(({ difference }) => difference !== null);

  expect(differences.slice(0, 1)).toEqual([]);
});

test('every record that a case takes mentions what is looked for', () => {
  const fuzzed = Array.from({ length: 20_000 }, (_, at) => event(randomOf(2, at)));
  const fixtures = fixtureFolders.flatMap((folder) => fixturesOf(folder)).map((fixture) => fixture.event);
  const taken = [...fuzzed, ...fixtures].filter(
    (one) => classify(parseEvent(one), { managementAccount: null, responderRole: null }).case !== 'not-covered',
  );

  expect(taken.length).toBeGreaterThan(2_000);
  expect(taken.filter((one) => !MENTION.test(JSON.stringify(one)))).toEqual([]);
});
