/** Context key of the settings object, and before a dot of each single setting. */
export const CONTEXT_KEY = 'trailmend';

/**
 * What the context gives: the object, overlaid by single settings, whose texts become lists, JSON and numbers.
 * @throws Error when the object is none
 */
export function givenSettings(
  context: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return { ...settingsObject(context[CONTEXT_KEY], names), ...singleSettings(context) };
}

function settingsObject(value: unknown, names: readonly string[]): Record<string, unknown> {
  const settings = typeof value === 'string' ? parseJson(value) : (value ?? {});
  if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) {
    return settings as Record<string, unknown>;
  }
  throw new Error(
    `The context "${CONTEXT_KEY}" is ${JSON.stringify(value)}; it must be an object with ${names.join(', ')}.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function singleSettings(context: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const prefix = `${CONTEXT_KEY}.`;
  const entries = Object.entries(context).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value] as const).map(typed));
}

/** What becomes of the texts that `-c` gives: lists of texts, JSON and numbers. */
const LISTS: readonly string[] = ['emails', 'regions', 'organizationalUnits'];
const JSON_TEXTS: readonly string[] = ['suppressions', 'accountFilter', 'autoDeployment'];
const NUMBERS: readonly string[] = [
  'gatherSeconds',
  'windowMinutes',
  'digestHourUtc',
  'noticeCap',
  'recordDays',
  'logRetentionDays',
];

/** `-c` gives texts only. */
function typed([name, value]: readonly [string, unknown]): [string, unknown] {
  if (typeof value !== 'string') {
    return [name, value];
  }
  const text = value.trim();
  if (text === '') {
    return [name, undefined];
  }
  if (LISTS.includes(name)) {
    const parts = text.split(',').map((part) => part.trim());
    return [name, parts.filter(Boolean)];
  }
  if (JSON_TEXTS.includes(name)) {
    return [name, parseJson(text) ?? text];
  }
  return [name, NUMBERS.includes(name) && /^\d+$/.test(text) ? Number(text) : text];
}
