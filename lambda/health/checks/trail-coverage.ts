import type { SelectorsSeen } from '../edges';

/** Services that Trailmend hears, as trails name event sources; `lib/event-patterns.ts` has the same, which a test proves. */
export const HEARD_SOURCES: readonly string[] = [
  'cloudtrail',
  'iam',
  'config',
  'logs',
  's3',
  'sns',
  'kms',
  'organizations',
].map((service) => `${service}.amazonaws.com`);

/** What trails take of the management events of one kind: nothing (null), or everything but these services. */
type Taken = readonly string[] | null;

/** What trails take of the management events that Trailmend hears. */
export type Coverage = { readonly reads: Taken; readonly writes: Taken };

const NOTHING: Coverage = { reads: null, writes: null };

/** What several trails, or selectors, take together. */
export function together(all: readonly Coverage[]): Coverage {
  return all.reduce(
    (one, other) => ({ reads: both(one.reads, other.reads), writes: both(one.writes, other.writes) }),
    NOTHING,
  );
}

function both(one: Taken, other: Taken): Taken {
  return one === null || other === null ? (one ?? other) : one.filter((source) => other.includes(source));
}

/**
 * What a trail with these selectors takes. A selector that picks by anything else than kind and service counts for nothing.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
export function coverageOf({ eventSelectors, advancedEventSelectors }: SelectorsSeen): Coverage {
  return together([...eventSelectors.map(ofBasic), ...advancedEventSelectors.map(ofAdvanced)]);
}

function ofBasic(selector: SelectorsSeen['eventSelectors'][number]): Coverage {
  const { ReadWriteType = 'All', IncludeManagementEvents = true, ExcludeManagementEventSources = [] } = selector;
  const taken = heard(ExcludeManagementEventSources);
  return IncludeManagementEvents
    ? { reads: ReadWriteType === 'WriteOnly' ? null : taken, writes: ReadWriteType === 'ReadOnly' ? null : taken }
    : NOTHING;
}

function ofAdvanced({ FieldSelectors = [] }: SelectorsSeen['advancedEventSelectors'][number]): Coverage {
  const field = (name: string) => FieldSelectors.find(({ Field }) => Field === name) ?? {};
  const others = FieldSelectors.filter(
    ({ Field = '' }) => !['eventCategory', 'readOnly', 'eventSource'].includes(Field),
  );
  const { NotEquals = [], Field, ...rest } = { Field: '', ...field('eventSource') } as Record<string, unknown>;
  const picks = Object.values(rest).some((value) => [value].flat().length > 0 && value !== undefined);
  if (others.length > 0 || picks || !listOf(field('eventCategory'), 'Equals').includes('Management')) {
    return NOTHING;
  }
  const taken = heard([NotEquals].flat().map(String));
  const readOnly = listOf(field('readOnly'), 'Equals');
  return { reads: readOnly.includes('false') ? null : taken, writes: readOnly.includes('true') ? null : taken };
}

function listOf(of: object, name: string): string[] {
  return [(of as Record<string, unknown>)[name] ?? []].flat().map(String);
}

function heard(excluded: readonly string[]): string[] {
  return excluded.filter((source) => HEARD_SOURCES.includes(source));
}
