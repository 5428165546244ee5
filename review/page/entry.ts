import type { Layer } from '../../lambda/denial/parse-message';
import { reasonOf } from '../../lambda/explain/reason';
import type { ReviewData, ReviewIncident } from '../review-data';

/** An incident with what filters, orders and the timeline read of it. */
export type Entry = {
  readonly incident: ReviewIncident;
  /** Layer that refused the latest call. */
  readonly layer: Layer;
  /** First and last refusal, ms since 1970. */
  readonly first: number;
  readonly last: number;
  /** Why nobody is told of some of it. */
  readonly silence: readonly Silence[];
};

/** Why notices stay away: a mute that holds, or a setting. */
type Silence = 'muted' | 'suppressed';

/** The incidents of `data` as entries. Mutes are judged by the time at which the data was put together. */
export function entriesOf({ incidents, generatedAt }: ReviewData): Entry[] {
  const now = Date.parse(generatedAt);
  return incidents.map((incident) => ({
    incident,
    layer: layerOf(incident),
    first: Date.parse(incident.firstSeen),
    last: Date.parse(incident.lastSeen),
    silence: silenceOf(incident, now),
  }));
}

function layerOf({ finding, audit }: ReviewIncident): Layer {
  return finding === null ? (audit[0]?.layer ?? 'unknown') : reasonOf(finding.denial).layer;
}

/** Whether the incident's mute holds at `now`, ms since 1970. */
export function isMuted({ mute }: ReviewIncident, now: number): boolean {
  return mute !== null && mute.until > now;
}

function silenceOf(incident: ReviewIncident, now: number): Silence[] {
  return [
    ...(isMuted(incident, now) ? (['muted'] as const) : []),
    ...(incident.suppressed > 0 ? (['suppressed'] as const) : []),
  ];
}
