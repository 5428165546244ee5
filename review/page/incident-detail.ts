import { minuteOf } from '../../lambda/notice/describe-incident';
import { shown } from '../../lambda/texts/untrusted';
import type { ReviewIncident } from '../review-data';
import { auditChain } from './audit-chain';
import { copyButton } from './copy';
import { element } from './element';
import { codeBlock, facts, lineFacts, section, textFact } from './facts';
import { guideOf, type IncidentLines, linesOf, titleOf } from './incident-lines';
import { noticesSent } from './notices-sent';
import type { Page } from './page';
import { accountLabel } from './wording';

/** Everything about the opened incident. */
export function incidentDetail(key: string, page: Page): Node[] {
  const { data, words } = page;
  const incident = data.incidents.find((each) => each.key === key);
  if (incident === undefined) {
    const title = element('h2', { id: 'detail-title', tabindex: -1 }, words.detail.unknownKey(shown(key)));
    return [buttons(page, null), title];
  }
  const lines = linesOf(incident, page);
  return [
    buttons(page, key),
    head(incident, page),
    explanation(lines, page),
    course(incident, lines, page),
    auditChain(incident, page),
    noticesSent(incident, page),
    everything(incident, page),
  ];
}

function buttons(page: Page, key: string | null): Node {
  const { change, move } = page;
  const { controls } = page.words;
  const step = (by: 1 | -1, sign: string, label: string) =>
    element('button', { type: 'button', 'aria-label': label, title: label, onclick: () => move(by) }, sign);
  const address = `${location.href.split('#')[0]}#${key}`;
  return element(
    'div',
    { class: 'buttons' },
    key === null ? null : step(-1, '↑', controls.previous),
    key === null ? null : step(1, '↓', controls.next),
    key === null ? null : copyButton(address, controls.link, page, null),
    element(
      'button',
      { type: 'button', class: 'close', 'aria-keyshortcuts': 'Escape', onclick: () => change({ incident: null }) },
      controls.close,
    ),
  );
}

function head(incident: ReviewIncident, page: Page): Node {
  const { words } = page;
  const { severity, state, key } = incident;
  const guide = guideOf(incident, page.texts);
  return element(
    'header',
    {},
    element(
      'p',
      { class: 'marks' },
      element('span', { class: `badge ${severity}` }, words.severities[severity]),
      ' ',
      element('span', { class: `mark ${state}` }, words.states[state]),
      ' ',
      element('code', {}, shown(key)),
    ),
    element('h2', { id: 'detail-title', tabindex: -1 }, element('bdi', {}, titleOf(incident, page))),
    element(
      'p',
      { class: 'case' },
      words.cases[incident.case],
      guide === null ? null : ' · ',
      guide === null ? null : element('a', { href: guide, rel: 'noreferrer' }, words.detail.guide),
    ),
  );
}

function explanation(lines: IncidentLines | null, page: Page): Node {
  const { words } = page;
  if (lines === null) {
    return section(words.detail.explanation, 'explanation', element('p', {}, words.detail.logOnly));
  }
  const fix = lines.fix.length === 0 ? null : section(words.detail.fix, 'fix', lineFacts(lines.fix, page));
  return element('div', {}, section(words.detail.explanation, 'explanation', lineFacts(lines.explanation, page)), fix);
}

function course(incident: ReviewIncident, lines: IncidentLines | null, page: Page): Node {
  const { words } = page;
  const { detail } = words;
  const { count, exact, suppressed, firstSeen, lastSeen } = incident;
  const told = suppressed === 0 ? '' : ` (${words.number(suppressed)} ${detail.suppressed})`;
  const touched = (['actions', 'resources', 'principals', 'accounts'] as const)
    .filter((what) => incident[what].length > 0)
    .map((what) => {
      const names = incident[what].map((name) => (what === 'accounts' ? accountLabel(name, page) : shown(name)));
      return textFact(
        detail.touched[what],
        names.map((name) => element('bdi', { class: 'item' }, name)),
      );
    });
  return section(
    detail.course,
    'course',
    facts(
      textFact(detail.seen, [detail.span(minuteOf(firstSeen), minuteOf(lastSeen))]),
      textFact(detail.count, [words.list.refusals(count, exact) + told]),
      ...touched,
    ),
    lines === null ? null : lineFacts(lines.more, page),
  );
}

/** The incident as it stands in the data; written out only when somebody asks for it. */
function everything(incident: ReviewIncident, page: Page): Node {
  const details = element('details', { class: 'everything' }, element('summary', {}, page.words.detail.json));
  details.addEventListener('toggle', () => details.append(codeBlock(JSON.stringify(incident, null, 2), page)), {
    once: true,
  });
  return details;
}
