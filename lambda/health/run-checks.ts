import { askedOnce } from './asked-once';
import type { Check, Look, Verdict } from './check';
import { CHECKS } from './checks';
import { each } from './each';
import { aboutHub, couldNotLook, notChecked } from './verdict';

/** How many checks run at once; each may look at several Regions at once. */
const AT_ONCE = 4;

/**
 * Runs checks, each on its own: one that throws becomes `not-checked`, never ok, and keeps no other from running. With the
 * credentials of another account than the management account nothing but that is checked.
 * @returns the verdicts in the order of the checks
 */
export async function runChecks(look: Look, checks: readonly Check[] = CHECKS): Promise<Verdict[]> {
  const once = { ...look, aws: askedOnce(look.aws) };
  const [first, ...others] = checks;
  let done = 0;
  const run = async (check: Check) => {
    const verdicts = await verdictsOf(check, once);
    done += 1;
    look.progress?.(done, checks.length);
    return verdicts;
  };
  const begin = first ? await run(first) : [];
  const wrong = begin
    .map(({ saw }) => saw)
    .find(({ kind }) => kind === 'member-account' || kind === 'another-deployment');
  if (wrong && 'account' in wrong) {
    const saw = { kind: 'wrong-account', account: wrong.account } as const;
    return [...begin, ...others.map(({ id }) => notChecked(aboutHub(id, look), saw))];
  }
  return [...begin, ...(await each(others, run, AT_ONCE)).flat()];
}

async function verdictsOf(check: Check, look: Look): Promise<readonly Verdict[]> {
  try {
    return await check.run(look);
  } catch (error) {
    return [couldNotLook(aboutHub(check.id, look), error)];
  }
}
