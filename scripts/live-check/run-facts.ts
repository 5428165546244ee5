import { type Answer, type Fact, NotChecked } from './fact';
import type { Look } from './look';
import type { Stage } from './stages';

/** A fact and what its check came to. */
export type Result = Answer & { readonly fact: Fact };

/** What a whole run came to. */
export type Outcome = {
  readonly results: readonly Result[];
  /** What could not be undone, each with the command. */
  readonly left: readonly string[];
};

/**
 * Looks at every fact, stage by stage: those of a stage at the same time, so that they wait together. Undoes everything that
 * was changed, whatever happens.
 */
export async function runFacts(
  facts: readonly Fact[],
  stages: readonly Stage[],
  look: Look,
  say: (text: string) => void,
): Promise<Outcome> {
  let left: string[] = [];
  let results: Result[];
  try {
    results = await lookAtAll(facts, stages, look, say);
  } finally {
    left = await look.changes.undoAll();
  }
  return { results, left };
}

async function lookAtAll(facts: readonly Fact[], stages: readonly Stage[], look: Look, say: (text: string) => void) {
  const running: Promise<Result>[] = [];
  for (const stage of stages) {
    const own = facts.filter((fact) => fact.stage === stage.id);
    const begun = await begin(stage, own, look, say);
    running.push(...begun);
    if (stage.isAwaited) {
      await Promise.all(begun);
    }
  }
  return Promise.all(running);
}

/** Gets the organization into the state of a stage, where it has facts, and begins to look at them. */
async function begin(stage: Stage, facts: readonly Fact[], look: Look, say: (text: string) => void) {
  if (facts.length === 0) {
    return [];
  }
  say(`stage ${stage.id}: ${stage.title}`);
  const needing = facts.filter((fact) => fact.isForLater !== true);
  try {
    if (needing.length > 0) {
      await stage.prepare(look);
    }
    return facts.map((fact) => check(fact, look, say));
  } catch (error) {
    const reason = `the stage could not be reached: ${reasonOf(error)}`;
    say(reason);
    return facts.map(async (fact) => (fact.isForLater ? check(fact, look, say) : { fact, ...notChecked(reason) }));
  }
}

async function check(fact: Fact, look: Look, say: (text: string) => void): Promise<Result> {
  const answer = await fact.run(look).catch((error: unknown) => notChecked(reasonOf(error)));
  say(`${fact.id}: ${answer.verdict}: ${answer.seen}`);
  return { fact, ...answer };
}

function notChecked(seen: string): Answer {
  return { verdict: 'not checked', seen };
}

/** Why something could not be looked at. */
function reasonOf(error: unknown): string {
  if (error instanceof NotChecked) {
    return error.message;
  }
  const { name, message } = error as Error;
  return name === 'AbortError' ? 'interrupted' : `${name}: ${message}`;
}
