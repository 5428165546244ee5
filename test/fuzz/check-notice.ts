import { findingJson } from '../../lambda/finding-json';
import { chatForm } from '../../lambda/notice/chat';
import { explained, type Notice, type NoticeSubject, noticeLines, renderNotice } from '../../lambda/notice/notice';
import type { Remediation } from '../../lambda/plan/remediation';
import { LANGUAGES } from '../../lambda/texts/languages';
import type { Texts } from '../../lambda/texts/texts';

/** Line breaks and control characters. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** The promises of the notices in every language that a denial broke, in words. */
export function brokenByNotices({ subject }: { readonly subject: NoticeSubject }): string[] {
  const about = { ...subject, remediation: remediationOf(subject) };
  return Object.entries(LANGUAGES).flatMap(([locale, texts]) =>
    brokenBy(about, texts).map((problem) => `${problem} (${locale})`),
  );
}

/** Roles that were created where the plan says so, for the lines that only such notices have. */
function remediationOf({ finding: { plan } }: NoticeSubject): Remediation | null {
  if (plan.kind !== 'create-service-linked-role') {
    return null;
  }
  return {
    roles: plan.roles.map((role) => ({ role, kind: 'created' })),
    standing: { delegatedAdministrators: [], organizationTrail: false, errors: [] },
    delivery: { number: 1, of: 6, again: false },
  };
}

function brokenBy(subject: NoticeSubject, texts: Texts): string[] {
  const notice = renderNotice(subject, texts);
  const { attributes } = notice;
  const names = Object.values(attributes);
  const json = JSON.stringify([findingJson(subject.finding, texts), notice.json]);
  return [
    ...(notice.subject.length < 100 ? [] : [`a subject of ${notice.subject.length} characters`]),
    ...(BREAKS.test(notice.subject) ? ['a control character in the subject'] : []),
    ...(BREAKS.test(notice.text.replaceAll('\n', '')) ? ['a control character in the text'] : []),
    ...forgedLines(subject, notice, texts),
    ...(names.some((name) => name === '' || BREAKS.test(name)) ? ['an attribute that SNS does not take'] : []),
    ...(json.includes('AWSCloudTrailReadOnlyAccess') ? ['the retired policy name'] : []),
    ...brokenByChat(notice),
  ];
}

/** Lines at the margin must be the expected ones, with their labels and in their order: all others are indented. */
function forgedLines(subject: NoticeSubject, { text }: Notice, texts: Texts): string[] {
  const labels = noticeLines(explained(subject), texts, false).map(({ label }) => label);
  const atMargin = text.split('\n').filter((row) => /^\S/.test(row));
  const same = atMargin.length === labels.length && atMargin.every((row, at) => row.startsWith(labels[at] ?? '-'));
  return same ? [] : [`${atMargin.length} labels instead of ${labels.length}`];
}

function brokenByChat(notice: Notice): string[] {
  const { content } = chatForm(notice);
  const [step = ''] = content.nextSteps;
  return [
    ...(/^```\n[^`]*\n```$/.test(content.description) ? [] : ['a chat text that leaves its code block']),
    ...(Array.from(content.description).length <= 8_000 ? [] : ['a chat text that is too long']),
    ...(Array.from(step).length <= 350 && !/[`<>@[\]\n]/.test(step) ? [] : ['a next step that a chat would format']),
    ...(content.keywords.every((keyword) => Array.from(keyword).length <= 75) ? [] : ['a keyword that is too long']),
  ];
}
