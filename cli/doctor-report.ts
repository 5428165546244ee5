import type { CheckId, Place, Status, Verdict } from '../lambda/health/check';
import { isExpected } from '../lambda/health/saw';
import { laidOut } from '../lambda/notice/layout';
import {
  type HealthGroup,
  type HealthTexts,
  sawInWords,
  subjectInWords,
  type Tally,
  verdictInWords,
} from '../lambda/texts/health-texts';
import type { Io } from './io';
import { jsonLine } from './json-line';
import { styled } from './style';

/** What doctor found. */
export type DoctorReport = {
  readonly stack: string;
  readonly here: Place;
  readonly isDeployed: boolean;
  readonly verdicts: readonly Verdict[];
  readonly texts: HealthTexts;
};

/** Under which heading a check is shown. */
const GROUPS: Readonly<Record<CheckId, HealthGroup>> = {
  account: 'organization',
  'all-features': 'organization',
  'trusted-access': 'organization',
  'stack-sets-access': 'organization',
  roles: 'organization',
  trail: 'hearing',
  rules: 'hearing',
  'bus-policy': 'hearing',
  forwarders: 'hearing',
  canary: 'hearing',
  accounts: 'hearing',
  subscribers: 'telling',
  'topic-key': 'telling',
  'topic-policy': 'telling',
  queue: 'telling',
  'dead-letters': 'telling',
  probe: 'probe',
};

const STYLES = { ok: 'green', failed: 'red', 'not-checked': 'yellow' } as const satisfies Record<Status, string>;

/** Lines of a person's terminal are not longer than this, however wide it is; a pipe's are. */
const WIDEST = 110;

/** The verdicts as people read them, under headings, each with the commands that mend it. */
export function doctorText({ stack, here, isDeployed, verdicts, texts }: DoctorReport, io: Io): string {
  const bold = styled('bold', io.colours);
  const { doctor, groups } = texts;
  const given = new Set<string>();
  const heading = isDeployed ? doctor.deployed(stack, here) : doctor.notDeployed(stack, here);
  const blocks = Object.entries(groups).map(([group, name]) => {
    const own = verdicts.filter(({ check }) => GROUPS[check] === group);
    return own.length === 0
      ? ''
      : `${bold(name)}\n${own.map((verdict) => block(verdict, given, texts, io)).join('')}\n`;
  });
  const failed = verdicts.filter(({ status }) => status === 'failed').map((verdict) => subjectInWords(verdict, texts));
  return `${heading}\n\n${blocks.join('')}${doctor.tally(tallyOf(verdicts), [...new Set(failed)])}\n`;
}

/** One verdict. @param given commands that stand above, which one command often mends in several Regions */
function block(verdict: Verdict, given: Set<string>, texts: HealthTexts, io: Io): string {
  const width = io.columns === undefined ? Number.POSITIVE_INFINITY : Math.min(io.columns, WIDEST);
  const isGiven = verdict.mend.length > 0 && verdict.mend.every((command) => given.has(command));
  const mend = isGiven ? [texts.doctor.asAbove] : verdict.mend;
  verdict.mend.forEach((command) => void given.add(command));
  // A line that begins with spaces is never broken: commands stay whole.
  const text = [verdictInWords(verdict, texts), ...mend.map((command) => `  ${command}`)].join('\n');
  const paint = styled(STYLES[verdict.status], io.colours);
  return `${laidOut([{ label: texts.statuses[verdict.status], text }], paint, width)}\n`;
}

/** The verdicts as lines of JSON, then the count. */
export function doctorJson({ stack, here, isDeployed, verdicts, texts }: DoctorReport): string {
  const lines = verdicts.map((verdict) => {
    const { check, subject, status, saw, place, mend } = verdict;
    return jsonLine({
      check,
      subject,
      status,
      expected: isExpected(saw),
      ...place,
      seen: sawInWords(verdict, texts),
      saw,
      mend,
    });
  });
  return `${lines.join('')}${jsonLine({ summary: tallyOf(verdicts), stack, ...here, deployed: isDeployed })}`;
}

function tallyOf(verdicts: readonly Verdict[]): Tally {
  const count = (status: Status) => verdicts.filter((verdict) => verdict.status === status).length;
  return { ok: count('ok'), failed: count('failed'), notChecked: count('not-checked') };
}
