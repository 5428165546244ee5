import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';

/** Context key of the settings object, and before a dot of each single setting. */
const CONTEXT_KEY = 'trailmend';

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

/** Every setting: its values, its default and, as its description, what is allowed. */
const schema = z.strictObject({
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/)
    .optional()
    .describe('an organization id, "o-" and 10 to 32 small letters or digits; without it only this account is heard'),
  emails: z
    .array(z.email())
    .refine((emails) => new Set(emails).size === emails.length)
    .default([])
    .describe('a list of different e-mail addresses, separated by commas when given with -c'),
  locale: z
    .enum(Object.keys(LANGUAGES) as [Locale, ...Locale[]])
    .default('en')
    .describe(`the language of the notices, one of ${Object.keys(LANGUAGES).join(', ')}`),
  chatTopicArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/)
    .optional()
    .describe('the ARN of an SNS topic that Amazon Q Developer in chat applications reads, for Slack or Teams'),
  remediation: z
    .enum(['auto', 'observe'])
    .default('auto')
    .describe('"auto" (create missing service-linked roles) or "observe" (change nothing, say what "auto" would do)'),
  logRetentionDays: z
    .union(retentionDays.map((days) => z.literal(days)))
    .default(RetentionDays.ONE_YEAR)
    .describe(`a number of days that CloudWatch Logs offers: ${retentionDays.join(', ')}`),
  removalPolicy: z
    .enum(['retain', 'destroy'])
    .default('retain')
    .describe('"retain" or "destroy": what happens to the log group and the key when the stack is deleted'),
});

/** What the deployment may be told; defaults filled in. */
export type Settings = z.infer<typeof schema>;

type Name = keyof Settings;
const NAMES = Object.keys(schema.shape) as Name[];

/**
 * Reads the settings from CDK context: the object `trailmend` (or its JSON text), overlaid by `trailmend.<name>` as `-c`
 * gives them. An empty `-c` value restores the default.
 * @throws Error that names every mistake at once.
 */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  const given = { ...settingsObject(context[CONTEXT_KEY]), ...singleSettings(context) };
  const result = schema.safeParse(given);
  if (result.success) {
    return result.data;
  }
  const mistakes = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${key}: is no setting; allowed are ${NAMES.join(', ')}`)
      : [describeMistake(issue.path, given)],
  );
  throw new Error(`The settings in context "${CONTEXT_KEY}" are unusable:\n- ${mistakes.join('\n- ')}`);
}

function settingsObject(value: unknown): Record<string, unknown> {
  const settings = typeof value === 'string' ? parseJson(value) : (value ?? {});
  if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) {
    return settings as Record<string, unknown>;
  }
  throw new Error(
    `The context "${CONTEXT_KEY}" is ${JSON.stringify(value)}; it must be an object with ${NAMES.join(', ')}.`,
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

/** `-c` gives texts only. */
function typed([name, value]: readonly [string, unknown]): [string, unknown] {
  if (typeof value !== 'string') {
    return [name, value];
  }
  const text = value.trim();
  if (text === '') {
    return [name, undefined];
  }
  if (name === 'emails') {
    return [
      name,
      text
        .split(',')
        .map((email) => email.trim())
        .filter(Boolean),
    ];
  }
  return [name, name === 'logRetentionDays' && /^\d+$/.test(text) ? Number(text) : text];
}

function describeMistake(path: readonly PropertyKey[], given: Record<string, unknown>): string {
  const [name = '', index] = path;
  const setting = given[String(name)];
  const seen = Array.isArray(setting) && typeof index === 'number' ? setting[index] : setting;
  return `${String(name)}: ${JSON.stringify(seen)} is not allowed; give ${schema.shape[name as Name].description}`;
}
