import { notCovered } from '../cases/not-covered';
import { findingJson } from '../finding-json';
import { CANARY_TRAIL } from '../health/canary';
import type { Place } from '../health/check';
import type { Expectation } from '../health/expectation';
import type { HealthNews } from '../health/health-news';
import type { HealthWords } from '../texts/health-words';
import { shown } from '../texts/untrusted';
import { type HealthRow, rowsOf } from './health-rows';
import { type Line, laidOut } from './layout';
import { NOTICE_SCHEMA, type Notice } from './notice';
import { fitted } from './subject-line';

/** Most rows that a notice lists, so that SNS takes it. */
const LISTED = 100;

/** What a notice about health is about, besides the news. */
export type HealthContext = {
  /** The management account and the home Region. */
  readonly home: Place;
  readonly canaryRole: string;
  readonly remediation: Expectation['remediation'];
};

/** Renders one piece of news about Trailmend's own health. Whoever hears that something failed also hears that it is well. */
export function renderHealthNotice(news: HealthNews, { home, ...context }: HealthContext, words: HealthWords): Notice {
  const { notice, base } = words;
  const all = rowsOf(news, words);
  const rows = all.slice(0, LISTED);
  const more = all.length - rows.length;
  const nextStep = notice.steps[news.kind];
  const reason = headline(news, rows, all.length, words);
  const finding = { case: 'not-covered', severity: 'high', plan: { kind: 'notify', reason } } as const;
  const nothing = { denial: null, eventId: null, docs: notCovered.docs, own: false } as const;
  return {
    subject: fitted(`Trailmend: ${reason}`),
    text: `${laidOut(linesOf(news, { ...context, rows, more, nextStep }, words))}\n`,
    nextStep,
    json: {
      schema: NOTICE_SCHEMA,
      ...findingJson({ ...finding, ...nothing, incidentKey: `health-${checkOf(news)}` }, base),
      outcome: NO_OUTCOME,
      kind: 'health',
      incident: null,
      health: { state: news.kind, check: checkOf(news), rows: rows.map(({ json }) => json), more },
    },
    attributes: { case: 'not-covered', plan: 'notify', ...home, severity: 'high', kind: 'health' },
  };
}

const NO_OUTCOME = {
  kind: 'notified',
  roles: [],
  retryCommand: null,
  undoCommand: null,
  delegatedAdministrators: null,
};

function checkOf(news: HealthNews): string {
  return news.kind === 'created' ? 'roles' : news.check;
}

function headline(news: HealthNews, rows: readonly HealthRow[], count: number, { notice }: HealthWords): string {
  const first = rows[0]?.subject ?? '';
  const subjects = first === '' ? '' : ` (${notice.subjects(first, count - 1)})`;
  switch (news.kind) {
    case 'created':
      return notice.created(news.role);
    case 'tampered':
      return notice.tampered(first, count - 1);
    case 'well':
      return notice.wellAgain(`${news.check}${subjects}`);
    case 'failed':
      return `${notice.failures[news.check]}${subjects}`;
  }
}

type Shown = Omit<HealthContext, 'home'> & {
  readonly rows: readonly HealthRow[];
  readonly more: number;
  readonly nextStep: string;
};

function linesOf(news: HealthNews, { rows, more, nextStep, ...context }: Shown, words: HealthWords): Line[] {
  const { labels } = words.notice;
  const notes = notesOf(news, { ...context, rows, more }, words);
  return [
    { label: labels.whatHappened, text: whatHappened(news, rows.length + more, words) },
    ...line(labels.seen, rows.map(({ text }) => text).join('\n')),
    ...line(labels.why, whyOf(news, words)),
    { label: labels.nextStep, text: nextStep },
    ...line(labels.mend, mendText(rows, words)),
    ...line(labels.undo, undoOf(news)),
    ...notes.map((text) => ({ label: labels.note, text })),
  ];
}

function line(label: string, text: string): Line[] {
  return text === '' ? [] : [{ label, text }];
}

function whatHappened(news: HealthNews, count: number, { notice }: HealthWords): string {
  switch (news.kind) {
    case 'created':
      return notice.wasCreated(news.role);
    case 'tampered':
      return notice.changed(count);
    case 'well':
      return notice.isWell(news.check, count);
    case 'failed':
      return notice.found(news.check, count);
  }
}

function whyOf(news: HealthNews, { notice }: HealthWords): string {
  if (news.kind === 'created') {
    return notice.neededFor(news.need.trustedAccess, news.need.delegatedAdministrators.map(shown));
  }
  return news.kind === 'failed' ? notice.meanings[news.check] : '';
}

/** The commands of all rows, each once, under the place where they are to be run. */
function mendText(rows: readonly HealthRow[], { notice }: HealthWords): string {
  const places = new Map<string, Set<string>>();
  for (const { mend } of rows) {
    if (mend !== null) {
      const where = notice.where(shown(mend.place.account), shown(mend.place.region));
      places.set(where, new Set([...(places.get(where) ?? []), ...mend.commands]));
    }
  }
  return [...places].flatMap(([where, commands]) => [where, ...commands]).join('\n');
}

function undoOf(news: HealthNews): string {
  return news.kind === 'created' ? `aws iam delete-service-linked-role --role-name ${news.role}` : '';
}

function notesOf(
  news: HealthNews,
  { rows, more, canaryRole, remediation }: Omit<Shown, 'nextStep'>,
  { notice }: HealthWords,
): string[] {
  const failed = news.kind === 'failed';
  return [
    ...(more === 0 ? [] : [notice.more(more)]),
    ...new Set(rows.flatMap(({ error }) => (error === null ? [] : [notice.couldNot(...error)]))),
    ...(failed && news.check === 'roles' && remediation === 'observe' ? [notice.observed] : []),
    ...(failed ? [notice.checkedAgain] : []),
    ...(failed && news.check === 'canary' ? [notice.canary(shown(canaryRole), CANARY_TRAIL)] : []),
  ];
}
