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
  /** Language of the notices. */
  LOCALE: Locale;
  /** ARN of a second topic, for chat; empty when there is none. */
  CHAT_TOPIC_ARN: string;
  /** `maxReceiveCount` of the queue: the delivery with this number is the last one before the dead-letter queue. */
  MAX_RECEIVE_COUNT: string;
};

const NAMES: readonly (keyof Environment)[] = [
  'TOPIC_ARN',
  'REMEDIATION',
  'RESPONDER_ROLE_ARN',
  'LOCALE',
  'MAX_RECEIVE_COUNT',
];

/**
 * Reads the environment once, at the start of the function.
 * @throws Error that names every missing or unusable variable at once.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const mistakes = NAMES.filter((name) => !variables[name]).map((name) => `${name} is not set`);
  const { REMEDIATION: remediation = '', MAX_RECEIVE_COUNT: maxReceiveCount = '', LOCALE: locale = '' } = variables;
  if (remediation && remediation !== 'auto' && remediation !== 'observe') {
    mistakes.push(`REMEDIATION is "${remediation}", not "auto" or "observe"`);
  }
  if (locale && !isLocale(locale)) {
    mistakes.push(`LOCALE is "${locale}", not one of ${Object.keys(LANGUAGES).join(', ')}`);
  }
  if (maxReceiveCount && !/^[1-9]\d*$/.test(maxReceiveCount)) {
    mistakes.push(`MAX_RECEIVE_COUNT is "${maxReceiveCount}", not a whole number above 0`);
  }
  if (mistakes.length > 0) {
    throw new Error(`The function's environment is unusable: ${mistakes.join('; ')}. Deploy the stack again.`);
  }
  const read = Object.fromEntries(NAMES.map((name) => [name, variables[name]]));
  return { ...read, CHAT_TOPIC_ARN: variables.CHAT_TOPIC_ARN ?? '' } as Environment;
}
