import { gravest } from '../plan/remediation';
import type { Texts } from '../texts/texts';
import { shown } from '../texts/untrusted';
import { refusedName } from './describe-denial';
import { digestOf, refusedNames } from './describe-incident';
import { wasNoCause } from './describe-roles';
import type { Explained } from './notice';

/** The subject of a notice: under 100 characters, which is what SNS takes. */
export function subjectLine(about: Explained, texts: Texts): string {
  const { incident } = about;
  const course = digestOf(incident);
  const { denial } = about.finding;
  const what = headline(about, course ? refusedNames(course, denial, texts) : refusedName(denial), texts);
  return fitted(`Trailmend: ${course ? texts.digest.goesOn(course.untold, what) : what}`);
}

/** A subject cut to what SNS takes, counted in UTF-16 units, as the strictest reader would; no surrogate pair is parted. */
export function fitted(subject: string): string {
  return subject.length < 100 ? subject : `${subject.slice(0, 96).replace(/[\ud800-\udbff]$/, '')}...`;
}

/** What a notice is about, in one line that is not cut; `refused` says what was refused. */
export function headline(about: Explained, refused: string, texts: Texts): string {
  const { finding, remediation, accountName, explanation } = about;
  const { denial } = finding;
  const { subjects } = texts;
  const account = texts.account(shown(denial.account), accountName && shown(accountName));
  if (finding.own) {
    return subjects.ownRefusal(shown(denial.action));
  }
  if (remediation) {
    const kind = gravest(remediation.roles);
    const [name = '', other] = remediation.roles
      .filter((outcome) => outcome.kind === kind)
      .map(({ role }) => role.name);
    const roles = other === undefined ? name : subjects.bothRoles;
    const since = kind === 'already-present' && !wasNoCause(remediation, denial);
    return since ? subjects.rolesSince(roles, account) : subjects.roles(kind, roles, account);
  }
  const { effect, layer } = explanation;
  if (finding.case === 'cross-account-denied') {
    return subjects[finding.case](refused, shown(denial.caller.account ?? denial.account));
  }
  return effect === 'explicit-deny' && layer !== 'unknown'
    ? subjects.denied(refused, texts.layers[layer], account)
    : subjects[finding.case](refused, account);
}
