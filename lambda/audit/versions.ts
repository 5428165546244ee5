import { version } from '../../package.json';

/**
 * Version of the event patterns in `lib/event-patterns.ts`; raised with every change of what they hear. Forwarders may lag
 * the hub, so a record says what the hub itself heard.
 */
export const PATTERN_VERSION = 1;

/** What made a record. */
export type Versions = {
  /** Trailmend's, from `package.json`. */
  readonly trailmend: string;
  readonly patterns: number;
  /** Of the Node that ran it, such as `v24.1.0`. */
  readonly node: string;
};

/** What makes records here. */
export const VERSIONS: Versions = { trailmend: version, patterns: PATTERN_VERSION, node: process.version };
