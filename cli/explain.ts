import { styleText } from 'node:util';
import { Command, Option } from 'commander';
import type { Organization } from '../lambda/cases/case';
import { classify, type Finding } from '../lambda/classify';
import { findingJson } from '../lambda/finding-json';
import { chatForm } from '../lambda/notice/chat';
import { laidOut } from '../lambda/notice/layout';
import { explained, type NoticeSubject, noticeLines, renderNotice } from '../lambda/notice/notice';
import { retryCommand } from '../lambda/notice/retry-command';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';
import type { Texts } from '../lambda/texts/texts';
import { shown } from '../lambda/texts/untrusted';
import type { Io } from './io';
import { readInput } from './read-input';

/** Offline nothing is known of the organization. */
const OFFLINE: Organization = { managementAccount: null, responderRole: null };

const FORMATS = ['text', 'json', 'email', 'chat'] as const;

type Format = (typeof FORMATS)[number];

type Options = { json?: true; format: Format; locale: Locale };

/** `trailmend explain`: what Trailmend would conclude from refused calls and do about them, without AWS. */
export function explainCommand(io: Io, exit: (code: number) => void): Command {
  return new Command('explain')
    .description('Say what Trailmend would conclude from refused calls and do about them. Needs no AWS account.')
    .argument(
      '<file>',
      'an EventBridge event, a CloudTrail record or log file (.gz too), an error message, or JSON Lines of these; - reads standard input',
    )
    .addOption(new Option('--format <format>', 'how to print each input').choices(FORMATS).default('text'))
    .option('--json', 'the same as --format json: one JSON object per input, in order')
    .addOption(new Option('--locale <locale>', 'language').choices(Object.keys(LANGUAGES)).default('en'))
    .addHelpText('after', '\nExit code: 0 something was explained, 1 nothing was covered, 2 misuse.')
    .action(async (file: string, { json, format, locale }: Options) => {
      const findings = (await readInput(file, io)).map((event) => classify(event, OFFLINE));
      const print = printer(json ? 'json' : format, LANGUAGES[locale], io);
      for (const finding of findings) {
        io.out(print(finding));
      }
      exit(findings.some(({ case: id }) => id !== 'not-covered') ? 0 : 1);
    });
}

function printer(format: Format, texts: Texts, io: Io): (finding: Finding) => string {
  const paint = io.colours ? (label: string) => styleText('bold', label) : undefined;
  switch (format) {
    case 'json':
      return (finding) => `${JSON.stringify(findingJson(finding, texts))}\n`;
    case 'email':
      return withNotice(texts, paint, ({ subject, text }) => `Subject: ${subject}\n\n${text}\n`);
    case 'chat':
      return withNotice(texts, paint, (notice) => `${JSON.stringify(chatForm(notice))}\n`);
    case 'text':
      return (finding) => `${page(finding, texts, paint)}\n`;
  }
}

/** Prints the notice of a denial; what is no denial has none, and its plan says why. */
function withNotice(
  texts: Texts,
  paint: ((label: string) => string) | undefined,
  print: (notice: ReturnType<typeof renderNotice>) => string,
): (finding: Finding) => string {
  return (finding) => {
    const subject = subjectOf(finding);
    return subject ? print(renderNotice(subject, texts)) : `${page(finding, texts, paint)}\n`;
  };
}

function page(finding: Finding, texts: Texts, paint: ((label: string) => string) | undefined): string {
  const { labels, plans, severities } = texts;
  const { plan, severity, denial } = finding;
  const roles = plan.kind === 'create-service-linked-role' ? plan.roles.map(({ name }) => name).join(', ') : '';
  const head = [
    { label: labels.case, text: `${finding.case}, ${severities[severity]}` },
    {
      label: labels.plan,
      text: plans[plan.kind](roles, plan.kind === 'ignore' ? shown(plan.reason) : texts.causes[finding.case]),
    },
  ];
  const subject = subjectOf(finding);
  const retry = denial && plan.kind === 'create-service-linked-role' ? retryCommand(denial) : null;
  const lines = [
    ...head,
    ...(retry === null ? [] : [{ label: labels.retry, text: retry }]),
    ...(subject ? noticeLines(explained(subject), texts, true) : []),
  ];
  return `${laidOut(lines, paint)}\n`;
}

function subjectOf({ denial, ...finding }: Finding): NoticeSubject | null {
  return denial && { finding: { ...finding, denial }, remediation: null, accountName: null };
}
