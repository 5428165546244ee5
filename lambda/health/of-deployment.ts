import type { Check, CheckId, Look, Verdict } from './check';
import type { Expectation } from './expectation';
import { aboutHub, notChecked } from './verdict';

/** A look at what is deployed. */
export type DeployedLook = Look & { readonly expectation: Expectation };

/** A check of a deployment: before there is one, it says so. */
export function ofDeployment(id: CheckId, run: (look: DeployedLook) => Promise<readonly Verdict[]>): Check {
  return {
    id,
    run: async (look) => {
      const { expectation } = look;
      return expectation === null
        ? [notChecked(aboutHub(id, look), { kind: 'not-deployed' })]
        : run({ ...look, expectation });
    },
  };
}
