import type { CaseId } from '../cases';
import type { Effect, Evidence, Layer } from '../denial/parse-message';
import type { RoleOutcome } from '../plan/remediation';

/** The labels before the lines of a notice. */
export type Label =
  | 'whatHappened'
  | 'whenWhere'
  | 'why'
  | 'roles'
  | 'nextStep'
  | 'retry'
  | 'undo'
  | 'note'
  | 'incident'
  | 'event'
  | 'case';

/**
 * Every sentence that people read, in one language. A language that lacks one does not compile. Texts that are handed in
 * have been neutralised by the caller.
 */
export type Texts = {
  readonly labels: Readonly<Record<Label, string>>;
  /** Root of the CloudTrail user guide in this language, ending in a slash. */
  readonly guide: string;
  readonly layers: Readonly<Record<Layer, string>>;
  readonly who: {
    user(name: string): string;
    role(name: string, session: string | null): string;
    federatedUser(name: string): string;
    root(account: string): string;
    service(name: string): string;
    anonymous: string;
    unknown: string;
  };
  readonly subjects: Readonly<Record<CaseId, (refused: string, account: string, layer: string | null) => string>> & {
    roles(outcome: RoleOutcome['kind'], roles: string, account: string): string;
    ownRefusal(refused: string): string;
  };
  whatHappened(who: string, action: string, resource: string | null): string;
  whenWhere(time: string, region: string, account: string): string;
  untrusted: string;
  /** Why a case's calls are refused, where CloudTrail answers with a code of its own instead of naming a policy. */
  readonly causes: Readonly<Record<CaseId, string>>;
  answered(cause: string, errorCode: string): string;
  why(effect: Effect, evidence: Evidence, layer: string, policyArn: string | null, errorCode: string | null): string;
  /** The one next step of a case for which Trailmend only notifies. */
  readonly nextSteps: Readonly<Record<CaseId, string>>;
  readonly ownRefusal: string;
  readonly roles: Readonly<Record<RoleOutcome['kind'], string>> & {
    since: string;
    error(name: string, message: string): string;
  };
  readonly afterRoles: {
    created(operation: string): string;
    appearedSince(operation: string): string;
    alreadyPresent(rights: readonly string[]): string;
    failed(commands: readonly string[], again: { number: number; of: number } | null): string;
    probeFailed(commands: readonly string[], again: { number: number; of: number } | null): string;
    wouldCreate(commands: readonly string[]): string;
    registerDelegate: string;
    createTrail(accounts: readonly string[]): string;
    standingUnknown(error: string): string;
  };
  readonly oneLayerOnly: string;
  case(id: string, url: string): string;
};
