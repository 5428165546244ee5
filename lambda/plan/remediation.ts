import type { ServiceLinkedRole } from './service-linked-roles';

/** Why an AWS call failed, as a value that can be shown, recorded and acted on. */
export type CallError = {
  /** AWS's error code, such as `AccessDenied`. */
  readonly name: string;
  readonly message: string;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly passing: boolean;
  /** Whether the call may have been carried out nevertheless: no answer came, or none that says it was not. */
  readonly mayBeDone: boolean;
};

/** What GetRole showed when a role was last looked at: what an outcome rests on. */
export type Sighting = {
  readonly shown: boolean;
  /** When the role came into being, ISO 8601; null when it was not shown, or IAM does not say. */
  readonly createdAt: string | null;
  /** Number of the look, from 1, the one before a creation included. */
  readonly look: number;
};

/** How ensuring one role ended. */
export type RoleOutcome = {
  readonly role: ServiceLinkedRole;
  /** Absent when GetRole gave no answer the last time. */
  readonly seen?: Sighting;
} & (
  | { readonly kind: 'created' }
  /** Absent, and left so: remediation is set to `observe`. */
  | { readonly kind: 'would-create' }
  /** `createdAt` is when the role came into being, ISO 8601; null when IAM does not say. */
  | { readonly kind: 'already-present'; readonly createdAt: string | null }
  | { readonly kind: 'probe-failed' | 'create-failed'; readonly error: CallError }
);

/** Where the organization stands, which decides the step after a role is there; null where a look failed. */
export type Standing = {
  /** Accounts that are delegated administrators for CloudTrail. */
  readonly delegatedAdministrators: readonly string[] | null;
  readonly organizationTrail: boolean | null;
  /** Why a look failed. */
  readonly errors: readonly CallError[];
};

/** What carrying out a `create-service-linked-role` plan came to. */
export type Remediation = {
  readonly roles: readonly RoleOutcome[];
  /** Null when nobody looked. */
  readonly standing: Standing | null;
  /** Number of this delivery, how many there can be, and whether another one is asked for. */
  readonly delivery: { readonly number: number; readonly of: number; readonly again: boolean };
};

/** From the outcome that needs people most to the one that needs them least. */
const GRAVEST_FIRST = ['create-failed', 'probe-failed', 'would-create', 'created', 'already-present'] as const;

/** The outcome of all roles together: the gravest. Success on one role never hides failure on another. */
export function gravest(roles: readonly RoleOutcome[]): RoleOutcome['kind'] {
  return GRAVEST_FIRST.find((kind) => roles.some((role) => role.kind === kind)) ?? 'already-present';
}

/** Whether a role that is there now was not yet there when the call failed at `time`: then its absence was the cause. */
export function appearedSince(outcome: RoleOutcome, time: string | null): boolean {
  const createdAt = outcome.kind === 'already-present' ? outcome.createdAt : null;
  return createdAt !== null && time !== null && Date.parse(createdAt) >= Date.parse(time);
}

/** Whether an outcome stands, so that a later delivery of the event takes it over instead of ensuring the role again. */
export function isFinal({ kind }: RoleOutcome): boolean {
  return kind === 'created' || kind === 'already-present';
}

/** Whether a role could not be ensured for a reason that may pass by itself. */
export function mayYetSucceed(roles: readonly RoleOutcome[]): boolean {
  return roles.some((role) => 'error' in role && role.error.passing);
}
