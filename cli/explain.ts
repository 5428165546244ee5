import { Command } from 'commander';
import type { Organization } from '../lambda/cases/case';
import { classify, type Finding } from '../lambda/classify';
import { findingJson } from '../lambda/finding-json';
import { whatHappened, whenWhere, why } from '../lambda/notice/describe-denial';
import { laidOut } from '../lambda/notice/layout';
import { retryCommand } from '../lambda/notice/retry-command';
import { en } from '../lambda/texts/en';
import { shown } from '../lambda/texts/untrusted';
import type { Io } from './io';
import { readInput } from './read-input';

/** Offline nothing is known of the organization. */
const OFFLINE: Organization = { managementAccount: null, responderRole: null };

/** `trailmend explain`: what Trailmend would conclude from events and do about them, without AWS. */
export function explainCommand(io: Io, exit: (code: number) => void): Command {
  return new Command('explain')
    .description('Say what Trailmend would conclude from refused calls and do about them. Needs no AWS account.')
    .argument(
      '<file>',
      'an EventBridge event, a CloudTrail record or log file (.gz too), an error message, or JSON Lines of these; - reads standard input',
    )
    .option('--json', 'print one JSON object per input, in order')
    .addHelpText('after', '\nExit code: 0 something was explained, 1 nothing was covered, 2 misuse.')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const findings = (await readInput(file, io)).map((event) => classify(event, OFFLINE));
      io.out(findings.map((finding) => (json ? jsonLine(finding) : page(finding))).join(json ? '' : '\n'));
      exit(findings.some(({ case: id }) => id !== 'not-covered') ? 0 : 1);
    });
}

function jsonLine(finding: Finding): string {
  return `${JSON.stringify(findingJson(finding, en.guide))}\n`;
}

function page(finding: Finding): string {
  const { denial, plan, severity } = finding;
  const head = [
    { label: 'Case', text: `${finding.case}, severity ${severity}` },
    { label: 'Plan', text: planText(plan) },
  ];
  if (denial === null) {
    return `${laidOut(head)}\n`;
  }
  const { labels } = en;
  const retry = plan.kind === 'create-service-linked-role' ? retryCommand(denial) : null;
  return `${laidOut([
    ...head,
    { label: labels.whatHappened, text: whatHappened(denial, en) },
    { label: labels.whenWhere, text: whenWhere(denial, en) },
    { label: labels.why, text: why(finding.case, denial, en) },
    ...(plan.kind === 'notify' ? [{ label: labels.nextStep, text: en.nextSteps[finding.case] }] : []),
    ...(retry === null ? [] : [{ label: labels.retry, text: retry }]),
    { label: labels.incident, text: shown(finding.incidentKey) },
    { label: 'See', text: en.guide + finding.docs },
  ])}\n`;
}

function planText(plan: Finding['plan']): string {
  const what =
    plan.kind === 'create-service-linked-role'
      ? `make sure that ${plan.roles.map(({ name }) => name).join(' and ')} exists in the management account`
      : plan.kind;
  return `${what}: ${shown(plan.reason)}`;
}
