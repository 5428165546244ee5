import { INCIDENT_SCHEMA } from '../review/read-values';
import type { ReviewIncident } from '../review/review-data';
import type { Selection } from '../review/selection';
import type { Listed, Source } from '../review/source';
import { grid } from './grid';
import { INCIDENT_HEADS, incidentRow } from './incident-rows';
import type { Io } from './io';
import { jsonLine } from './json-line';
import { RECORD_HEADS, recordRow } from './record-rows';

/** Something that is listed, and followed. */
export type View<T> = {
  /** What its things are called, many of them. */
  readonly noun: string;
  /** How far back a later reading goes, in ms: as far as what it reads may still change. */
  readonly reach: number;
  /** Newest first. */
  read(selection: Selection): Promise<readonly T[]>;
  /** What makes one news when it differs from the last reading. */
  newsOf(one: T): string;
  print(list: readonly T[], hasHeads: boolean): void;
};

/** How many audit records of each incident `--json` gives, the newest. */
const RECORDS = 20;

/** An incident changes until its window has closed: a day at most, and some more. */
const INCIDENT_REACH_MS = 25 * 3_600_000;

/** A record is in the table at once; the index that leads to it lags behind. */
const RECORD_REACH_MS = 2 * 60_000;

/** The incidents of a source. */
export function incidentView(source: Source, io: Io, json: boolean): View<ReviewIncident> {
  return {
    noun: 'incidents',
    reach: INCIDENT_REACH_MS,
    read: (selection) => source.incidents(selection, json ? RECORDS : 0),
    newsOf: ({ key, severity, state, count, mute, notices }) =>
      JSON.stringify([key, severity, state, count, mute?.until, notices.length]),
    print: (incidents, hasHeads) =>
      json
        ? printLines(
            incidents.map((incident) => ({ schema: INCIDENT_SCHEMA, ...incident })),
            io,
          )
        : io.out(
            grid(
              incidents.map((incident) => incidentRow(incident, Date.now(), io.colours)),
              { heads: INCIDENT_HEADS, width: io.columns, hasHeads },
            ),
          ),
  };
}

/** The audit records of a source, also those of events that asked for nothing. A sweep's notices share its message. */
export function recordView(source: Source, io: Io, json: boolean): View<Listed> {
  return {
    noun: 'audit records',
    reach: RECORD_REACH_MS,
    read: async (selection) => {
      const { records, left } = await source.records(selection);
      if (left > 0) {
        const [shown, more] = [records.length, left].map((count) => count.toLocaleString('en'));
        io.err(`trailmend: the newest ${shown} are shown, ${more} older ones are not: ask for less.\n`);
      }
      return records;
    },
    newsOf: ({ messageId, receiveCount, outcome, ...rest }) =>
      JSON.stringify([messageId, receiveCount, outcome, rest.kind === 'notice' ? rest.notice : null]),
    print: (records, hasHeads) =>
      json
        ? printLines(records, io)
        : io.out(
            grid(
              records.map((record) => recordRow(record, io.colours)),
              { heads: RECORD_HEADS, width: io.columns, hasHeads },
            ),
          ),
  };
}

function printLines(values: readonly object[], io: Io): void {
  for (const value of values) {
    io.out(jsonLine(value));
  }
}
