/** One figure of the benchmark. */
export type Row = {
  /** What was measured, as `docs/benchmarks.md` explains it. */
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The most that is allowed, only where the machine does not matter: a greater value fails the run. */
  readonly budget?: number;
  /** What we want to reach where the machine does matter, such as `≤ 60`; nothing fails by it. */
  readonly aim?: string;
};

/** Figures that are measured together. */
export type Section = {
  /** Its name in the table and for `--only`. */
  readonly name: string;
  run(): Promise<readonly Row[]>;
};

/** A section that was run. */
export type Result = {
  readonly name: string;
  readonly seconds: number;
  readonly rows: readonly Row[];
};

/** One sentence for each figure that exceeds its budget. */
export function brokenBudgets(results: readonly Result[]): string[] {
  return results.flatMap(({ name, rows }) =>
    rows.flatMap(({ what, value, unit, budget }) =>
      budget !== undefined && !(value <= budget)
        ? [`${name}: ${what} is ${value} ${unit}, at most ${budget} are allowed`]
        : [],
    ),
  );
}
