import { asObject } from '../lambda/denial/json';
import { looksLikeRefusal, parseBareMessage } from '../lambda/denial/parse-bare-message';
import { type ParsedEvent, parseEvent } from '../lambda/denial/parse-event';
import type { Io } from './io';
import { readBytes } from './read-bytes';
import { UsageError } from './usage-error';

/**
 * Reads everything that `trailmend explain` takes, in order: an event, a bare CloudTrail record, a bare error message, a
 * JSON array, a CloudTrail log file (`{"Records":[…]}`) or JSON Lines of any of these; gzipped or not.
 * @param path a file, or `-` for standard input
 * @throws UsageError when it cannot be read, is empty, or is neither JSON nor a refusal message
 */
export async function readInput(path: string, io: Io): Promise<ParsedEvent[]> {
  const { source, bytes } = await readBytes(path, io);
  const text = bytes.toString('utf8').trim();
  if (text === '') {
    throw new UsageError(`${source} is empty: give it an event, a CloudTrail record or an error message.`);
  }
  const whole = parsed(text);
  if (whole !== undefined) {
    return eventsIn(whole);
  }
  if (/^["[{]/.test(text)) {
    return eventsInLines(text, source);
  }
  if (!looksLikeRefusal(text)) {
    throw new UsageError(`${source} is neither JSON nor an error message that refuses something; see --help for both.`);
  }
  return [parseBareMessage(text)];
}

function eventsInLines(text: string, source: string): ParsedEvent[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values = lines.map(parsed);
  if (values.every((value) => value === undefined)) {
    throw new UsageError(
      `${source} is not JSON: it begins with ${JSON.stringify(text.slice(0, 20))}; check it with jq.`,
    );
  }
  return values.flatMap((value, at) =>
    value === undefined
      ? [{ kind: 'malformed', eventId: null, reason: `malformed: line ${at + 1} is not JSON` } as const]
      : eventsIn(value),
  );
}

function eventsIn(value: unknown): ParsedEvent[] {
  if (Array.isArray(value)) {
    return value.flatMap(eventsIn);
  }
  const records = asObject(value)?.Records;
  if (Array.isArray(records)) {
    return records.map((record) => parseEvent(record));
  }
  return [typeof value === 'string' ? parseBareMessage(value) : parseEvent(value)];
}

/** `text` as JSON; undefined, which JSON has not, when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
