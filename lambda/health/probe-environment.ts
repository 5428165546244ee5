import { isLocale, LANGUAGES, type Locale } from '../texts/languages';

/**
 * What the probe is told by the stack that deploys it. `lib/probe.ts` writes a value of this type and
 * {@link readProbeEnvironment} reads it back.
 */
export type ProbeEnvironment = {
  /** JSON of what the deployment should be. */
  EXPECTATION: string;
  /** Language of the notices. */
  LOCALE: Locale;
  /** ARN of a second topic, for chat; empty when there is none. */
  CHAT_TOPIC_ARN: string;
  /** Days that closed incidents of health are kept. */
  RECORD_DAYS: string;
};

/**
 * Reads the environment once, at the start of the function.
 * @throws Error that names every missing or unusable variable at once
 */
export function readProbeEnvironment(variables: Readonly<Record<string, string | undefined>>): ProbeEnvironment {
  const { EXPECTATION, LOCALE, CHAT_TOPIC_ARN = '', RECORD_DAYS } = variables;
  const locale = LOCALE !== undefined && isLocale(LOCALE) ? LOCALE : null;
  if (EXPECTATION && locale !== null && /^[1-9]\d*$/.test(RECORD_DAYS ?? '')) {
    return { EXPECTATION, LOCALE: locale, CHAT_TOPIC_ARN, RECORD_DAYS: RECORD_DAYS ?? '' };
  }
  const mistakes = [
    ...(EXPECTATION ? [] : ['EXPECTATION is not set']),
    ...(locale === null ? [`LOCALE is "${LOCALE}", not one of ${Object.keys(LANGUAGES).join(', ')}`] : []),
    ...(/^[1-9]\d*$/.test(RECORD_DAYS ?? '') ? [] : [`RECORD_DAYS is "${RECORD_DAYS}", not a whole number from 1`]),
  ];
  throw new Error(`The probe's environment is unusable: ${mistakes.join('; ')}. Deploy the stack again.`);
}
