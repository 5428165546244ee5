import { parseArgs } from 'node:util';
import { attempt, brokenByExplanation, type Input, inputOf, problemsOf } from '../test/fuzz/check';
import { brokenByNotices } from '../test/fuzz/check-notice';

/** No input may take longer than this, in milliseconds, so that nobody can stall Trailmend with one; on a slow machine… */
const SLOW = 5;

/** … nor longer than this many inputs take in the mean, which is as much where the limit above was set. */
const SLOW_IN_INPUTS = 100;

/** Rendering is slower than explaining, so only one input in so many is rendered. */
const RENDERED = 50;

/** Different problems that are told before the run is given up. */
const TOLD = 20;

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});

/** Milliseconds that an input takes; one that seems slow is measured three times more, since others share the machine. */
function timed(input: Input) {
  const began = performance.now();
  const result = attempt(input);
  const time = performance.now() - began;
  return { result, time: time < SLOW / 5 ? time : Math.min(again(input), again(input), again(input)) };
}

function again(input: Input): number {
  const began = performance.now();
  attempt(input);
  return performance.now() - began;
}

function main(runs: number, seed: number): void {
  const told = new Set<string>();
  const began = performance.now();
  let slowest = 0;
  for (let index = 0; index < runs && told.size < TOLD; index += 1) {
    const input = inputOf(seed, index);
    const { result, time } = timed(input);
    const checks = index % RENDERED === 0 ? [brokenByExplanation, brokenByNotices] : [brokenByExplanation];
    slowest = Math.max(slowest, time);
    const limit = Math.max(SLOW, (SLOW_IN_INPUTS * (performance.now() - began)) / (index + 1));
    const slow = time < limit ? [] : [`slower than ${limit.toFixed(1)} ms`];
    for (const problem of [...problemsOf(result, ...checks), ...slow]) {
      if (!told.has(problem)) {
        told.add(problem);
        console.error(`seed ${seed}, run ${index} (${time.toFixed(1)} ms): ${problem}\n  ${JSON.stringify(input)}`);
      }
    }
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${runs.toLocaleString('en')} runs in ${seconds} s; slowest input ${slowest.toFixed(2)} ms; ${told.size} problems`,
  );
  process.exitCode = told.size === 0 ? 0 : 1;
}

main(Number(values.runs), Number(values.seed));
