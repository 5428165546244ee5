import type { Deployment, Rule } from '../cloudformation/deployment';
import type { Journal } from '../journal';
import { refusalToSend } from './event-bridge';

/** Rules that fire by themselves. */
export function scheduledRules({ rules }: Deployment): Rule[] {
  return rules.filter(({ everyMinutes, state }) => everyMinutes !== null && state !== 'DISABLED');
}

/** Fires every rule whose schedule meets `minute`, counted from 1970; each sends its input to its queues. */
export function fireSchedules(deployment: Deployment, journal: Journal, minute: number): void {
  for (const rule of scheduledRules(deployment).filter(({ everyMinutes }) => minute % Number(everyMinutes) === 0)) {
    for (const { arn, input } of rule.targets) {
      const failure = refusalToSend(deployment, rule, arn);
      if (failure) journal.add({ kind: 'defect', text: `Schedule ${rule.name} reaches nothing: ${failure}` });
      else deployment.queues.get(arn)?.send(input ?? '{}');
    }
  }
}
