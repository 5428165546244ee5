import type { Envelope } from '../eventbridge/envelope';
import { type Place, placeOf } from '../organization/place';

/** What a trail of the older kind logs. */
type EventSelector = {
  readonly ReadWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly IncludeManagementEvents: boolean;
  readonly ExcludeManagementEventSources: readonly string[];
};

/** One condition on an event; all that are given must hold. */
type FieldSelector = {
  readonly Field: string;
  readonly Equals?: readonly string[];
  readonly NotEquals?: readonly string[];
  readonly StartsWith?: readonly string[];
};

/** What a trail of the newer kind logs. */
type AdvancedEventSelector = { readonly Name?: string; readonly FieldSelectors: readonly FieldSelector[] };

/** A trail; tests may change what it logs. */
export type LocalTrail = {
  readonly name: string;
  readonly arn: string;
  readonly bucket: string;
  readonly isOrganizationTrail: boolean;
  isLogging: boolean;
  isMultiRegion: boolean;
  /** Either the one kind of selectors or the other. */
  selectors: { readonly classic: readonly EventSelector[] } | { readonly advanced: readonly AdvancedEventSelector[] };
};

/** What a new trail logs: every management event. */
export const ALL_MANAGEMENT_EVENTS: LocalTrail['selectors'] = {
  classic: [{ ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] }],
};

/**
 * Whether `trail` logs what CloudTrail recorded at `place`. Of events that are no management events, which selectors
 * are not kept here, it logs all.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function logs(trail: LocalTrail, place: Place, { detail }: Pick<Envelope, 'detail'>): boolean {
  const home = placeOf(trail.arn);
  const isThere = trail.isOrganizationTrail || home.account === place.account;
  if (!trail.isLogging || !isThere || !(trail.isMultiRegion || home.region === place.region)) return false;
  const { eventCategory = 'Management', eventSource = '', readOnly = false } = detail;
  if (eventCategory !== 'Management') return true;
  const event = { eventCategory, eventSource: String(eventSource), readOnly: String(readOnly) };
  return 'classic' in trail.selectors
    ? trail.selectors.classic.some((selector) => selects(selector, event))
    : trail.selectors.advanced.some(({ FieldSelectors }) => FieldSelectors.every((field) => meets(field, event)));
}

type Selectable = Readonly<Record<string, string>> & { readonly eventSource: string; readonly readOnly: string };

function selects(selector: EventSelector, { eventSource, readOnly }: Selectable): boolean {
  const wanted = { All: ['true', 'false'], ReadOnly: ['true'], WriteOnly: ['false'] }[selector.ReadWriteType];
  const isExcluded = selector.ExcludeManagementEventSources.includes(eventSource);
  return selector.IncludeManagementEvents && wanted.includes(readOnly) && !isExcluded;
}

function meets({ Field, Equals, NotEquals, StartsWith }: FieldSelector, event: Selectable): boolean {
  const value = event[Field] ?? '';
  if (Equals && !Equals.includes(value)) return false;
  if (NotEquals?.includes(value)) return false;
  return !StartsWith || StartsWith.some((prefix) => value.startsWith(prefix));
}
