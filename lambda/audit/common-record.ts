import { type Call, listed } from './call';
import { VERSIONS, type Versions } from './versions';

/**
 * Version of all records, and `$id` of `schemas/audit-1.schema.json`; raised when a member changes its meaning or goes away.
 */
export const AUDIT_SCHEMA = 'trailmend.audit/1';

/** What every record has. Never the event itself, nor what a call asked or answered. */
export type CommonRecord = {
  readonly schema: typeof AUDIT_SCHEMA;
  /** When it ended, ISO 8601. */
  readonly time: string;
  /** Message of the queue that it was done for. */
  readonly messageId: string;
  /** Number of this delivery of the message, from 1. */
  readonly receiveCount: number;
  readonly durationMs: number;
  readonly versions: Versions;
  /** How many calls there was no room to list. */
  readonly callsLeftOut: number;
  /** AWS calls that were made for it. */
  readonly calls: readonly Call[];
};

/** A piece of work that is recorded. Times are in ms since 1970. */
export type Work = {
  readonly message: { readonly id: string; readonly delivery: number };
  readonly calls: readonly Call[];
  readonly began: number;
  readonly ended: number;
};

/** What a record says of the work, whatever it was. */
export function commonOf({ message, calls, began, ended }: Work): CommonRecord {
  return {
    schema: AUDIT_SCHEMA,
    time: new Date(ended).toISOString(),
    messageId: message.id,
    receiveCount: message.delivery,
    durationMs: ended - began,
    versions: VERSIONS,
    ...listed(calls),
  };
}
