import type { Aws, Caller } from './aws';
import type { Changes } from './changes';
import type { Deployment } from './deployment';
import { NotChecked } from './fact';
import type { Waits } from './waits';

/** What a check of a fact looks with. */
export type Look = {
  readonly aws: Aws;
  readonly partition: string;
  readonly management: Caller;
  /** Of the member account, with the role that the command line names. */
  readonly member: Caller;
  /** Region of the deployment, or the one that was chosen. */
  readonly region: string;
  readonly deployment: Deployment | null;
  /** Bucket for trails; null when none is named. */
  readonly bucket: string | null;
  readonly changes: Changes;
  readonly waits: Waits;
  readonly now: () => number;
  /** A role without any right in the account of `of`, made when first asked for. */
  readonly powerless: (of: Caller) => Promise<Caller>;
  /** Does something once for all facts that need it. */
  readonly once: <T>(key: string, make: () => Promise<T>) => Promise<T>;
  /** Keeps what was seen, for the end of the report. */
  readonly keep: (title: string, record: unknown) => void;
};

/** Remembers what was made by its key, so that it is made once. */
export function onceByKey(): Look['once'] {
  const made = new Map<string, Promise<unknown>>();
  return <T>(key: string, make: () => Promise<T>) => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known as Promise<T>;
  };
}

/**
 * The deployed Trailmend, which a fact is about.
 * @throws NotChecked where there is none
 */
export function deploymentOf({ deployment }: Look): Deployment {
  if (deployment === null) {
    throw new NotChecked('there is no stack TrailmendHub in this account and Region');
  }
  return deployment;
}
