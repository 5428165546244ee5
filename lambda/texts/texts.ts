import type { CaseId } from '../cases';
import type { Effect, Evidence, Layer } from '../denial/parse-message';
import type { PolicyPurpose } from '../explain/case-policies';
import type { Delivery } from '../explain/delivery';
import type { Owner } from '../explain/owner';
import type { Step } from '../explain/step';
import type { DigestKind } from '../notice/digest';
import type { Shared } from '../notice/in-common';
import type { Course, IncidentFacts } from '../notice/incident-facts';
import type { PlanKind } from '../plan/plan';
import type { RoleOutcome } from '../plan/remediation';

/** The labels before the lines of a notice. */
type Label =
  | 'about'
  | 'case'
  | 'count'
  | 'event'
  | 'fix'
  | 'inCommon'
  | 'incident'
  | 'more'
  | 'nextStep'
  | 'note'
  | 'owner'
  | 'plan'
  | 'policy'
  | 'quieten'
  | 'retry'
  | 'roles'
  | 'run'
  | 'touched'
  | 'undo'
  | 'whatHappened'
  | 'whenWhere'
  | 'why';

/** What a next step speaks of; neutralised, and never empty. */
export type StepFacts = {
  /** The caller in words, as in the middle of a sentence: `role Deployer`. */
  readonly who: string;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  /** Name of the permission set, role or user that the fix is attached to. */
  readonly name: string;
  readonly effect: Effect;
  /** Whether an AWS service called, which needs no Allow of its own. */
  readonly isService: boolean;
  readonly delivery: Delivery;
};

/** How often something was refused; `since` is a time. */
type Count = Pick<Course, 'untold' | 'suppressed' | 'total' | 'exact'> & { readonly since: string };

/** Names, as many as a line has room for, and how many more there are. */
type Names = (names: readonly string[], more: number) => string;

/** What a digest adds up to. */
type Sum = {
  readonly incidents: number;
  readonly refusals: number /** False when there are more. */;
  readonly exact: boolean;
};

/** Number of a delivery and how many there can be; null when no further one is asked for. */
type Again = { readonly number: number; readonly of: number } | null;

/**
 * Every sentence that people read, in one language. A language that lacks one does not compile. Texts that are handed in
 * have been neutralised by the caller. A line that begins with `aws ` is a command and is never broken.
 */
export type Texts = {
  readonly labels: Readonly<Record<Label, string>>;
  /** Root of the CloudTrail user guide in this language, ending in a slash. */
  readonly guide: string;
  /** Layers by the name that stands in a sentence: `a permissions boundary`. */
  readonly layers: Readonly<Record<Layer, string>>;
  /** Owners as in "who can change this". */
  readonly owners: Readonly<Record<Owner, (name: string) => string>>;
  readonly severities: Readonly<Record<'high' | 'medium' | 'low', string>>;
  readonly plans: Readonly<Record<PlanKind, (roles: string, because: string) => string>>;
  /** Stands for a resource that the record does not name. */
  readonly theResource: string;
  readonly deliveries: Readonly<Record<Delivery, string>>;
  readonly who: {
    user(name: string): string;
    role(name: string, session: string | null): string;
    permissionSet(name: string, person: string | null): string;
    federatedUser(name: string): string;
    identityCenterUser(id: string): string;
    root(account: string): string;
    account(id: string): string;
    service(name: string): string;
    /** A caller through whom an AWS service made the call. */
    through(who: string, service: string): string;
    readonly anonymous: string;
    readonly unknown: string;
  };
  /** An account by its name, where that is known. */
  account(id: string, name: string | null): string;
  readonly subjects: Readonly<Record<CaseId, (refused: string, account: string) => string>> & {
    /** `layer` is one of `layers`, for a call that a policy refused explicitly. */
    denied(refused: string, layer: string, account: string): string;
    /** `roles` is a role's name, or `bothRoles`. */
    roles(outcome: RoleOutcome['kind'], roles: string, account: string): string;
    readonly bothRoles: string;
    /** The role came into being after the call failed. */
    rolesSince(roles: string, account: string): string;
    ownRefusal(refused: string): string;
  };
  /** Why a call failed although every role it could stand for was there. */
  readonly roleWasThere: string;
  whatHappened(who: string, action: string, resource: string | null): string;
  /** What happened and why, as one text. */
  summary(whatHappened: string, why: string): string;
  whenWhere(time: string, region: string, account: string): string;
  /** Why a case's calls are refused, where CloudTrail answers with a code of its own instead of naming a policy. */
  readonly causes: Readonly<Record<CaseId, string>>;
  answered(cause: string, errorCode: string): string;
  why(effect: Effect, evidence: Evidence, layer: Layer, policyArn: string | null, errorCode: string | null): string;
  readonly steps: Readonly<Record<Step, (facts: StepFacts) => string>>;
  /** What each whole policy of a fix is for and, where it is tighter than AWS's page, why. */
  readonly purposes: Readonly<Record<PolicyPurpose, string>>;
  readonly fix: {
    attach(target: string, certain: boolean): string;
    managedPolicy(name: string): string;
    managedPolicyWithFullAccess(name: string): string;
    /** Warns that the forms for a permission set replace its inline policy. */
    readonly replaces: string;
    /** Stands for policies that a mail has no room for. */
    otherWays(count: number): string;
    readonly none: string;
  };
  readonly ownRefusal: string;
  readonly notes: {
    readonly oneLayerOnly: string;
    readonly untrusted: string;
    readonly consoleOnly: string;
    beyondFullAccess(action: string): string;
  };
  readonly roles: Readonly<Record<RoleOutcome['kind'], string>> & {
    readonly since: string;
    error(name: string, message: string): string;
  };
  readonly afterRoles: {
    created(operation: string): string;
    appearedSince(operation: string): string;
    alreadyPresent(rights: readonly string[]): string;
    failed(commands: readonly string[], again: Again): string;
    probeFailed(commands: readonly string[], again: Again): string;
    wouldCreate(commands: readonly string[]): string;
    readonly registerDelegate: string;
    createTrail(accounts: readonly string[]): string;
    standingUnknown(error: string): string;
  };
  readonly incident: {
    /** What came since the last notice: the actions, and whether there are others. */
    since(count: Pick<Course, 'untold' | 'exact'>, actions: readonly string[], others: boolean): string;
    /** Names in a sentence, and whether there are others. */
    names(names: readonly string[], others: boolean): string;
    /** Next step for refusals of other actions than those that were told. */
    readonly sameReason: string;
    /** `quietSince` is empty when it never was quiet. */
    line(key: string, news: IncidentFacts['news'], quietSince: string, minutes: number): string;
    count(count: Count): string;
    readonly actions: Names;
    readonly principals: Names;
    readonly accounts: Names;
    readonly resources: Names;
  };
  /** One notice about many incidents; `until` is the time of a storm's digest. */
  readonly digest: {
    subject(kind: DigestKind, sum: Sum): string;
    whatHappened(kind: DigestKind, sum: Sum): string;
    nextStep(kind: DigestKind, until: string): string;
    row(refused: string, who: string, account: string): string;
    last(time: string): string;
    times(count: number): string;
    /** The last line of an incident: its case and severity. */
    graded(id: CaseId, severity: 'high' | 'medium' | 'low'): string;
    /** What most of the incidents share: a policy's ARN, a layer by its name, or an account. */
    shared(what: Shared['what'], value: string, count: number, of: number): string;
    /** Stands for incidents that are not listed. */
    more(kind: DigestKind, count: number): string;
    /** What KEY means in the command that quietens an incident. */
    readonly key: string;
    part(part: { readonly number: number; readonly of: number }): string;
    suppressed(reason: string): string;
    muted(by: string, until: string, reason: string): string;
    /** Subject of the digest of one incident. */
    goesOn(count: number, subject: string): string;
  };
  /** Sentences, one after the other. */
  sentences(sentences: readonly string[]): string;
  more(eventId: string, region: string): string;
  case(id: string, url: string): string;
};
