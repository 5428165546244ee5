import { shown } from '../../lambda/texts/untrusted';
import type { ReviewIncident } from '../review-data';
import { element } from './element';
import { isMuted } from './entry';
import { codeBlock, section } from './facts';
import type { Page } from './page';
import { timeOf } from './timeline';

/** The notices that were sent of an incident, newest first, and its mute with the command that begins or ends one. */
export function noticesSent(incident: ReviewIncident, page: Page): Node {
  const { detail } = page.words;
  const sent = [...incident.notices].reverse();
  const rows = sent.map(({ noticeId, at }) => element('li', {}, detail.notice(shown(noticeId), timeOf(at))));
  const muted = isMuted(incident, Date.parse(page.data.generatedAt));
  return section(
    detail.notices,
    'notices',
    sent.length === 0 ? element('p', {}, detail.noNotices) : element('ul', {}, ...rows),
    muteText(incident, muted, page),
    ...muteCommand(incident, muted, page),
  );
}

function muteText({ mute }: ReviewIncident, muted: boolean, { words }: Page): Node | null {
  if (mute === null) {
    return null;
  }
  const text = words.detail[muted ? 'muted' : 'muteOver'];
  return element('p', {}, element('bdi', {}, text(shown(mute.by), timeOf(mute.until), shown(mute.reason))));
}

/** Only a key as Trailmend makes them is put into a command: people paste it into a shell. */
function muteCommand({ key }: ReviewIncident, muted: boolean, page: Page): Node[] {
  if (!/^[0-9a-f]{12}$/.test(key)) {
    return [];
  }
  const { unmuteCommand, muteCommand } = page.words.detail;
  const options = muted ? '--end' : '--for 8h --reason "..."';
  return [
    element('p', {}, muted ? unmuteCommand : muteCommand),
    codeBlock(`npx trailmend mute ${key} ${options}`, page),
  ];
}
