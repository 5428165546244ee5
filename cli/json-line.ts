import { plainJson } from '../lambda/texts/plain-json';

/** A value as one line of JSON, without what a terminal acts on. */
export function jsonLine(value: object): string {
  return `${plainJson(value)}\n`;
}
