import { VERSIONS } from '../../lambda/audit/versions';
import type { Organization } from '../../lambda/cases/case';
import { NEIGHBOURS } from '../../lambda/denial/ties';
import type { HistoryPart } from '../history';
import type { Wanted } from '../wanted';
import type { PassPart } from './pass';

/** Names the form of the state; another one gets another number. */
export const STATE_SCHEMA = 'trailmend.event-history/1';

/** The services whose calls are read: those that Trailmend's rules hear. */
const SERVICES = ['cloudtrail', ...NEIGHBOURS];

/** What a scan was asked for. */
export type Asked = {
  readonly regions: readonly string[];
  readonly wanted: Wanted;
  readonly organization: Organization;
};

/** How far a scan is, with what it has found, as JSON: what a file keeps of it. */
export type ScanState = {
  readonly schema: string;
  /** Version of Trailmend: another one may judge the same call otherwise. */
  readonly trailmend: string;
  readonly account: string;
  /** When it began, where its period ends; milliseconds since 1970. */
  readonly begun: number;
  /** When everything was read; null before that. */
  readonly finished: number | null;
  readonly asked: Asked;
  /** The passes of each Region. */
  readonly regions: Readonly<Record<string, readonly PassPart[]>>;
  readonly history: HistoryPart | null;
};

/** The state of a scan that begins now. */
export function newState(account: string, begun: number, asked: Asked): ScanState {
  const passes = SERVICES.map((service) => ({ service, oldest: null, recent: [], isDone: false }));
  return {
    schema: STATE_SCHEMA,
    trailmend: VERSIONS.trailmend,
    account,
    begun,
    finished: null,
    asked,
    regions: Object.fromEntries(asked.regions.map((region) => [region, passes])),
    history: null,
  };
}

/** The first thing that was asked for otherwise then than now, as people give it; null when all is the same. */
export function differenceOf({ asked: then }: ScanState, now: Asked): string | null {
  const compared: readonly (readonly [what: string, of: (asked: Asked) => unknown])[] = [
    ['--region', ({ regions }) => [...regions].sort()],
    ['--since', ({ wanted }) => timeOf(wanted.since)],
    ['--until', ({ wanted }) => timeOf(wanted.until)],
    ['--account', ({ wanted }) => wanted.accounts],
    ['--case', ({ wanted }) => wanted.cases],
    ['--ignored', ({ wanted }) => wanted.withIgnored],
    ['--management-account', ({ organization }) => organization.managementAccount],
    ['--canary-role', ({ organization }) => organization.canaryRole],
  ];
  const different = compared.find(([, of]) => JSON.stringify(of(then)) !== JSON.stringify(of(now)));
  return different ? `${different[0]} was ${wordOf(different[1](then))}, now it is ${wordOf(different[1](now))}` : null;
}

function timeOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

function wordOf(value: unknown): string {
  const words = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  return words === '' ? 'not given' : words;
}
