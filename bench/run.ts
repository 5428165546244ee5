import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine, machineNow } from './machine';
import { keepResults } from './results-page';
import { brokenBudgets, type Result, type Section } from './section';
import { tableOf } from './table';

/** Where the benchmark writes. */
export type Output = { readonly print: (text: string) => void; readonly complain: (text: string) => void };

type Options = {
  readonly sections: readonly Section[];
  /** File for the machine-readable results, `-` for standard output; null for none. */
  readonly json: string | null;
  readonly updatesDocs: boolean;
};

const USAGE = `npm run bench -- [--only NAME]... [--json FILE|-] [--update-docs]

  --only NAME     measures this section only; repeatable
  --json FILE     writes the results as JSON, to standard output for -
  --update-docs   keeps the results in docs/benchmarks.md

Exit code: 0 every budget holds, 1 one is broken, 2 the arguments make no sense.`;

/** Measures, shows, and answers the exit code. */
export async function run(sections: readonly Section[], args: readonly string[], output: Output): Promise<number> {
  const options = readArguments(sections, args);
  if (typeof options === 'string') {
    output.complain(options);
    return 2;
  }
  const before = machineNow();
  const results: Result[] = [];
  for (const section of options.sections) {
    output.complain(`measuring ${section.name} …`);
    results.push(await resultOf(section));
  }
  const after = machineNow();
  const shown = `${tableOf(results)}\n\n${describeMachine(before, after)}`;
  const broken = brokenBudgets(results);
  const json = JSON.stringify({ machine: before, loadAfter: after.load, results, broken }, null, 2);
  output.print(options.json === '-' ? json : shown);
  if (options.json !== null && options.json !== '-') writeFileSync(options.json, `${json}\n`);
  if (options.updatesDocs) keepResults(shown);
  for (const sentence of broken) output.complain(`Over budget: ${sentence}.`);
  return broken.length === 0 ? 0 : 1;
}

async function resultOf({ name, run: measure }: Section): Promise<Result> {
  const began = performance.now();
  const rows = await measure();
  return { name, seconds: Math.round((performance.now() - began) / 100) / 10, rows };
}

/** The options, or what is wrong with the arguments. */
function readArguments(sections: readonly Section[], args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        json: { type: 'string' },
        'update-docs': { type: 'boolean', default: false },
      },
    });
    const { only, json = null, 'update-docs': updatesDocs } = values;
    const names = sections.map(({ name }) => name);
    const unknown = only?.find((name) => !names.includes(name));
    if (unknown !== undefined) return `--only ${unknown}: there is no such section, only ${names.join(', ')}.`;
    if (only && updatesDocs) return '--update-docs keeps all results: leave --only out.';
    return { sections: sections.filter(({ name }) => only?.includes(name) ?? true), json, updatesDocs };
  } catch (error) {
    return `${error instanceof Error ? error.message : error}\n\n${USAGE}`;
  }
}
