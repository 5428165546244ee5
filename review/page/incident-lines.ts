import { refusedName, whoOf } from '../../lambda/notice/describe-denial';
import type { Line } from '../../lambda/notice/layout';
import { type Explained, explained, noticeLines } from '../../lambda/notice/notice';
import { headline } from '../../lambda/notice/subject-line';
import type { Texts } from '../../lambda/texts/texts';
import { shown } from '../../lambda/texts/untrusted';
import type { ReviewIncident } from '../review-data';
import type { Page } from './page';
import { remediationOf } from './remediation';
import { accountLabel, accountName, principalName } from './wording';

/** The lines of an incident's notice, by what they are for. */
export type IncidentLines = {
  readonly explanation: readonly Line[];
  readonly fix: readonly Line[];
  /** Where to look further. */
  readonly more: readonly Line[];
};

/** An incident in one line. */
export function titleOf(incident: ReviewIncident, page: Page): string {
  const { texts, words } = page;
  const about = aboutOf(incident, page);
  if (about !== null) {
    return headline(about, refusedName(about.finding.denial), texts);
  }
  const [action, account] = [incident.actions[0], incident.accounts[0]];
  const refused = action === undefined ? words.notKnown : shown(action.slice(action.indexOf(':') + 1));
  return texts.subjects[incident.case](refused, account === undefined ? words.notKnown : accountLabel(account, page));
}

/** Who was refused, in a few words. */
export function callerOf({ finding, principals }: ReviewIncident, { texts, words }: Page): string {
  const [principal] = principals;
  return finding ? whoOf(finding.denial, texts) : principal === undefined ? words.notKnown : principalName(principal);
}

/** All that is said of an incident, every form of its fix included; null where only its log is at hand. */
export function linesOf(incident: ReviewIncident, page: Page): IncidentLines | null {
  const about = aboutOf(incident, page);
  if (about === null) {
    return null;
  }
  const { labels } = page.texts;
  const lines = noticeLines(about, page.texts, true).filter(({ label }) => label !== labels.incident);
  const isFix = ({ label, verbatim }: Line) => verbatim || [labels.run, labels.fix, labels.policy].includes(label);
  const isMore = ({ label }: Line) => label === labels.more;
  return {
    explanation: lines.filter((line) => !isFix(line) && !isMore(line) && line.label !== labels.case),
    fix: lines.filter(isFix),
    more: lines.filter(isMore),
  };
}

function aboutOf(incident: ReviewIncident, { data }: Page): Explained | null {
  const { finding } = incident;
  if (finding === null) {
    return null;
  }
  const { account } = finding.denial;
  const name = account === null ? null : accountName(account, data);
  return explained({ finding, remediation: remediationOf(incident), accountName: name });
}

/** Address of the page of AWS's guide about an incident's case; null where it is not known. */
export function guideOf({ finding }: ReviewIncident, { guide }: Texts): string | null {
  return finding === null ? null : guide + finding.docs;
}
