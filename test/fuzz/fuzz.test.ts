import { attempt, brokenByExplanation, inputOf, problemsOf } from './check';
import { brokenByNotices } from './check-notice';

const SEED = 20261102;
const RUNS = 3_000;

test('the same seed gives the same inputs', () => {
  expect(inputOf(SEED, 7)).toEqual(inputOf(SEED, 7));
  expect(JSON.stringify(inputOf(SEED, 7))).not.toBe(JSON.stringify(inputOf(SEED + 1, 7)));
});

test('most inputs are denials, and both messages and events are among them', () => {
  const inputs = Array.from({ length: RUNS }, (_, index) => inputOf(SEED, index));
  const denials = inputs.filter((input) => attempt(input).concluded !== null);

  expect(denials.filter((input) => typeof input === 'object').length).toBeGreaterThan(RUNS / 5);
  expect(denials.filter((input) => typeof input === 'string').length).toBeGreaterThan(RUNS / 5);
});

test('no hostile or broken input makes Trailmend fail or break a promise', () => {
  const problems = Array.from({ length: RUNS }, (_, index) =>
    problemsOf(attempt(inputOf(SEED, index)), brokenByExplanation, brokenByNotices).map(
      (problem) => `run ${index} of seed ${SEED}: ${problem}`,
    ),
  );

  expect(problems.flat().slice(0, 10)).toEqual([]);
});
