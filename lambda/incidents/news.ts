import type { Severity } from '../cases/case';
import type { ToldAtOnce } from './advance';
import { FREEZE_MS } from './arrivals';
import { type Item, numberOf, textOf } from './attributes';
import { type Incident, LISTED } from './incident';
import { eventSortKey } from './item';
import { graver } from './notice-policy';

/** What an incident's refusals are that no notice has told. */
export type News = {
  /** Their actions, as many as an incident lists. */
  readonly actions: readonly string[];
  /** The gravest; never high when high severity was told at once already, or a setting suppresses it. Null when there are none. */
  readonly severity: Severity | null;
};

const NOTHING: News = { actions: [], severity: null };

/** Collects what came since a sweep's last notice, while the events of an incident are counted. */
export class NewsCollector {
  /** Keys of the events that owe a notice of their own; whether it was sent shows later. */
  readonly #owed = new Map<string, News>();
  #others = NOTHING;

  constructor(private readonly incident: Incident) {
    for (const { event } of Object.values(incident.episode?.owners ?? {})) {
      this.#owed.set(eventSortKey(event), NOTHING);
    }
  }

  /** Takes an event of the incident. */
  add(event: Item): void {
    const key = textOf(event, 'sk') ?? '';
    // A sweep counts what is visible, and what is settled for good: its look came that much later.
    if ((numberOf(event, 'recordedAt') ?? 0) < this.incident.countedUntil + FREEZE_MS) {
      return;
    }
    const owed = this.#owed.get(key);
    if (owed) {
      this.#owed.set(key, withEvent(owed, event));
    } else {
      this.#others = withEvent(this.#others, event);
    }
  }

  /** @param atOnce notices that events have told at once since the last look */
  untold(atOnce: readonly ToldAtOnce[]): News {
    const owners = Object.entries(this.incident.episode?.owners ?? {});
    const isTold = ([kind, { counted }]: (typeof owners)[number]) =>
      counted || atOnce.some((notice) => notice.kind === kind);
    const told = new Set(owners.filter(isTold).map(([, { event }]) => eventSortKey(event)));
    const untold = [...this.#owed].flatMap(([key, owed]) => (told.has(key) ? [] : [owed]));
    const all = untold.reduce(together, this.#others);
    return told.size > 0 ? { ...all, severity: withoutHigh(all.severity) } : all;
  }
}

function withEvent(sum: News, event: Item): News {
  const action = textOf(event, 'action');
  const severity = (textOf(event, 'severity') ?? 'low') as Severity;
  const isSuppressed = textOf(event, 'suppressed') !== null;
  return together(sum, {
    actions: action === null ? [] : [action],
    severity: isSuppressed ? withoutHigh(severity) : severity,
  });
}

function together(one: News, other: News): News {
  return {
    actions: [...new Set([...one.actions, ...other.actions])].slice(0, LISTED),
    severity: one.severity === null ? other.severity : graver(one.severity, other.severity),
  };
}

function withoutHigh(severity: Severity | null): Severity | null {
  return severity === 'high' ? 'medium' : severity;
}
