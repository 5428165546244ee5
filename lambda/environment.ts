import type { Severity } from './cases/case';
import { isLocale, LANGUAGES, type Locale } from './texts/languages';

/**
 * What the responder is told by the stack that deploys it. `lib/responder.ts` writes a value of this type and
 * {@link readEnvironment} reads it back, so renaming a variable fails to compile on both sides.
 */
export type Environment = {
  /** ARN of the SNS topic that administrators subscribe to. */
  TOPIC_ARN: string;
  /** `auto` creates missing service-linked roles; `observe` changes nothing and says what `auto` would do. */
  REMEDIATION: 'auto' | 'observe';
  /**
   * ARN of the role this function runs as. Names the partition and the management account, and tells our own refusals
   * from everybody else's.
   */
  RESPONDER_ROLE_ARN: string;
  /** ARN of the role that the probe runs as: its refusals are our own as well. */
  PROBE_ROLE_ARN: string;
  /** ARN of the role whose refused calls prove that the way of an event is whole. */
  CANARY_ROLE_ARN: string;
  /** Language of the notices. */
  LOCALE: Locale;
  /** ARN of a second topic, for chat; empty when there is none. */
  CHAT_TOPIC_ARN: string;
  /** `maxReceiveCount` of the queue: the delivery with this number is the last one before the dead-letter queue. */
  MAX_RECEIVE_COUNT: string;
  /** Table of events, incidents and notices. */
  TABLE_NAME: string;
  /** Lowest severity that gets a notice of its own. */
  IMMEDIATE: Severity;
  /** Seconds that findings of one incident gather before its first notice. */
  GATHER_SECONDS: string;
  /** Minutes of silence after a notice. */
  WINDOW_MINUTES: string;
  /** Hour of the daily digest, UTC. */
  DIGEST_HOUR_UTC: string;
  /** Most notices of one incident each in an hour. */
  NOTICE_CAP: string;
  /** Days that events and incidents are kept. */
  RECORD_DAYS: string;
  /** JSON list of suppressions. */
  SUPPRESSIONS: string;
};

const NAMES: readonly (keyof Environment)[] = [
  'TOPIC_ARN',
  'REMEDIATION',
  'RESPONDER_ROLE_ARN',
  'PROBE_ROLE_ARN',
  'CANARY_ROLE_ARN',
  'LOCALE',
  'MAX_RECEIVE_COUNT',
  'TABLE_NAME',
  'IMMEDIATE',
  'GATHER_SECONDS',
  'WINDOW_MINUTES',
  'DIGEST_HOUR_UTC',
  'NOTICE_CAP',
  'RECORD_DAYS',
  'SUPPRESSIONS',
];

/** Variables that are whole numbers, each with its smallest value. */
const NUMBERS = {
  MAX_RECEIVE_COUNT: 1,
  GATHER_SECONDS: 0,
  WINDOW_MINUTES: 1,
  DIGEST_HOUR_UTC: 0,
  NOTICE_CAP: 1,
  RECORD_DAYS: 1,
} as const;

/**
 * Reads the environment once, at the start of the function.
 * @throws Error that names every missing or unusable variable at once.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const mistakes = NAMES.filter((name) => !variables[name]).map((name) => `${name} is not set`);
  const { REMEDIATION: remediation, LOCALE: locale, IMMEDIATE: immediate } = variables;
  if (remediation && remediation !== 'auto' && remediation !== 'observe') {
    mistakes.push(`REMEDIATION is "${remediation}", not "auto" or "observe"`);
  }
  if (locale && !isLocale(locale)) {
    mistakes.push(`LOCALE is "${locale}", not one of ${Object.keys(LANGUAGES).join(', ')}`);
  }
  if (immediate && !/^(?:high|medium|low)$/.test(immediate)) {
    mistakes.push(`IMMEDIATE is "${immediate}", not "high", "medium" or "low"`);
  }
  for (const [name, least] of Object.entries(NUMBERS)) {
    const value = variables[name];
    if (value && !(/^\d+$/.test(value) && Number(value) >= least)) {
      mistakes.push(`${name} is "${value}", not a whole number from ${least}`);
    }
  }
  if (mistakes.length > 0) {
    throw new Error(`The function's environment is unusable: ${mistakes.join('; ')}. Deploy the stack again.`);
  }
  const read = Object.fromEntries(NAMES.map((name) => [name, variables[name]]));
  return { ...read, CHAT_TOPIC_ARN: variables.CHAT_TOPIC_ARN ?? '' } as Environment;
}
