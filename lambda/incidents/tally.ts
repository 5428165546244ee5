import type { Severity } from '../cases/case';
import { type Item, numberOf, textOf } from './attributes';
import { LISTED, type Tally } from './incident';
import { graver } from './notice-policy';

/** The tally of no events. */
export const NOTHING: Tally = {
  open: 0,
  suppressed: 0,
  settledOpen: 0,
  settledSuppressed: 0,
  severity: null,
  firstSeen: null,
  lastSeen: null,
  actions: [],
  resources: [],
  principals: [],
  accounts: [],
  suppressions: [],
  complete: true,
};

/** The tally with one more event; `settledUntil` is the arrival before which it counts as settled. */
export function added(tally: Tally, event: Item, settledUntil: number): Tally {
  const severity = (textOf(event, 'severity') ?? 'low') as Severity;
  const time = textOf(event, 'time');
  const isSuppressed = textOf(event, 'suppressed') !== null;
  const open = isSuppressed ? 0 : 1;
  const settled = (numberOf(event, 'recordedAt') ?? 0) < settledUntil ? 1 : 0;
  return {
    ...tally,
    open: tally.open + open,
    suppressed: tally.suppressed + 1 - open,
    settledOpen: tally.settledOpen + settled * open,
    settledSuppressed: tally.settledSuppressed + settled * (1 - open),
    severity: graver(severity, tally.severity),
    firstSeen: time !== null && (tally.firstSeen === null || time < tally.firstSeen) ? time : tally.firstSeen,
    lastSeen: time !== null && (tally.lastSeen === null || time > tally.lastSeen) ? time : tally.lastSeen,
    actions: listed(tally.actions, textOf(event, 'action')),
    resources: listed(tally.resources, textOf(event, 'resource')),
    principals: listed(tally.principals, textOf(event, 'principal')),
    accounts: listed(tally.accounts, textOf(event, 'account')),
    suppressions: listed(tally.suppressions, textOf(event, 'suppressed')),
  };
}

function listed(list: readonly string[], value: string | null): readonly string[] {
  return value === null || list.length >= LISTED || list.includes(value) ? list : [...list, value];
}
