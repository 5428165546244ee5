import { callErrorOf } from '../aws/call-error';
import type { CheckId, Look, Place, Verdict } from './check';
import { LookError } from './look-error';
import type { Saw } from './saw';

/** What a verdict is about. */
export type About = Pick<Verdict, 'check' | 'subject' | 'place'>;

/** A check's subject in the home Region of the deployment, or where it is to be. */
export function aboutHub(check: CheckId, { expectation, here }: Look, subject = ''): About {
  const place = expectation ? { account: expectation.managementAccount, region: expectation.homeRegion } : here;
  return { check, subject, place };
}

/** A check's subject that is a place. */
export function aboutPlace(check: CheckId, place: Place): About {
  return { check, subject: `${place.account} ${place.region}`, place };
}

/** It is well. */
export function ok(about: About, saw: Saw): Verdict {
  return { ...about, status: 'ok', saw, mend: [] };
}

/** It is not; `mend` is what to run. */
export function failed(about: About, saw: Saw, mend: readonly string[]): Verdict {
  return { ...about, status: 'failed', saw, mend };
}

/** Nobody knows how it is. */
export function notChecked(about: About, saw: Saw, mend: readonly string[] = []): Verdict {
  return { ...about, status: 'not-checked', saw, mend };
}

/** The verdict when looking threw: never ok. */
export function couldNotLook(about: About, thrown: unknown): Verdict {
  const { action, region } = thrown instanceof LookError ? thrown : { action: '', region: about.place.region };
  const { name, message } = callErrorOf(thrown instanceof LookError ? thrown.cause : thrown);
  return notChecked(about, { kind: 'could-not-look', action, region, error: name, message });
}

/** Looks at one of several subjects, so that one that AWS does not let us look at hides none of the others. */
export async function lookAt<T = Verdict>(about: About, look: () => Promise<T>): Promise<Verdict | T> {
  try {
    return await look();
  } catch (error) {
    return couldNotLook(about, error);
  }
}
