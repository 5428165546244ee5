import type { Notice } from '../endpoint/notice';
import { counted, type Paint } from './text-layout';

/** Every notice as its readers find it in their mail. */
export function renderNotices(notices: readonly Notice[], paint: Paint): string {
  if (notices.length === 0) return '\nNo notice was sent.';
  const heading = paint('bold', `\n${counted(notices.length, 'notice')}, as administrators read them in their mail`);
  return [heading, ...notices.map((notice, at) => renderNotice(notice, at + 1, paint))].join('\n');
}

function renderNotice({ subject, body, recipients }: Notice, number: number, paint: Paint): string {
  const line = `── ${number} `.padEnd(80, '─');
  const to = recipients.length > 0 ? recipients.join(', ') : 'nobody: the topic has no e-mail subscription';
  return `\n${paint('dim', line)}\nTo: ${to}\nSubject: ${paint('bold', subject)}\n\n${body.trimEnd()}`;
}
