import { allRules, type Deployment, type Rule } from '../cloudformation/deployment';
import type { Journal } from '../journal';
import { refusalToInvoke, refusalToSend } from './rights';

const MINUTE = 60_000;

/** What schedules need besides the deployment. */
export type ScheduleOptions = {
  readonly journal: Journal;
  /** Hands an event to a function, which will handle it some time. */
  readonly invoke: (functionArn: string, event: unknown) => void;
};

/** The rules that fire by themselves. Those of queues fire to the minute, those of functions only when they are asked to. */
export class Schedules {
  /** When each rule last fired at a function, by the rule's ARN. */
  readonly #firedAt = new Map<string, number>();

  constructor(
    private readonly deployment: Deployment,
    private readonly options: ScheduleOptions,
  ) {}

  /** Whether any rule fires at a queue. */
  get haveQueues(): boolean {
    return this.#rules().some((rule) => this.#firesAt(rule, 'queues'));
  }

  /** Fires every rule of queues whose schedule meets `minute`, counted from 1970; each sends its input. */
  fireQueues(minute: number): void {
    const due = this.#rules().filter(({ everyMinutes }) => minute % Number(everyMinutes) === 0);
    for (const rule of due) this.#fire(rule, 'queues');
  }

  /** Whether a rule of functions would fire until `now`. */
  isFunctionDue(now: number): boolean {
    return this.#functionRulesDue(now).length > 0;
  }

  /** Fires every rule of functions that has not fired for as long as its schedule says, once, or every one of them. */
  fireFunctions(now: number, which: 'due' | 'all' = 'due'): void {
    for (const rule of this.#functionRulesDue(which === 'all' ? Number.POSITIVE_INFINITY : now)) {
      this.#firedAt.set(rule.arn, now);
      this.#fire(rule, 'functions');
    }
  }

  #functionRulesDue(now: number): Rule[] {
    return this.#rules().filter((rule) => {
      const next = (this.#firedAt.get(rule.arn) ?? Number.NEGATIVE_INFINITY) + Number(rule.everyMinutes) * MINUTE;
      return next <= now && this.#firesAt(rule, 'functions');
    });
  }

  #rules(): Rule[] {
    return allRules(this.deployment).filter(({ everyMinutes, state }) => everyMinutes !== null && state !== 'DISABLED');
  }

  #firesAt({ targets }: Rule, kind: 'queues' | 'functions'): boolean {
    return targets.some(({ arn }) => this.deployment[kind].has(arn));
  }

  #fire(rule: Rule, kind: 'queues' | 'functions'): void {
    const { deployment, options } = this;
    for (const { arn, input } of rule.targets.filter((target) => deployment[kind].has(target.arn))) {
      const isQueue = kind === 'queues';
      const failure = isQueue ? refusalToSend(deployment, rule, arn) : refusalToInvoke(deployment, rule, arn);
      if (failure) options.journal.add({ kind: 'defect', text: `Schedule ${rule.name} reaches nothing: ${failure}` });
      else if (isQueue) deployment.queues.get(arn)?.send(input ?? '{}');
      else options.invoke(arn, input === null ? scheduledEvent(rule) : JSON.parse(input));
    }
  }
}

/** What EventBridge hands over when a rule fires by itself and has no input of its own. */
function scheduledEvent({ arn }: Rule): object {
  return { version: '0', 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [arn], detail: {} };
}
