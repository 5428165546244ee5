import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';
import { type Reach, reachMistakes } from './reach-mistakes';
import { REACH_SETTINGS } from './reach-settings';
import { CONTEXT_KEY, givenSettings } from './settings-context';
import { suppressions } from './suppression-setting';

declare module 'zod' {
  interface GlobalMeta {
    /** What the setting is for. */
    readonly meaning?: string;
    /** Section that says more, from `docs/`. */
    readonly more?: string;
  }
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html */
const topicArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/)
  .optional();

/** Section of the docs about the settings that say when administrators hear of an incident. */
const WHEN_TOLD = 'incidents.md#when-you-hear-of-it';

const wholeNumber = (least: number, most: number) => z.number().int().min(least).max(most);

/**
 * Every setting: its values, its default, as its description what is allowed (mistakes quote it), and as `meaning` what it is
 * for (`docs/reference/settings.md` is made of both).
 */
export const SETTINGS = z.strictObject({
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/)
    .optional()
    .describe('an organization id, "o-" and 10 to 32 small letters or digits; without it only this account is heard')
    .meta({
      meaning:
        'Organization whose accounts may send events to the bus. Without it the bus takes events of the management account only.',
    }),
  ...REACH_SETTINGS,
  emails: z
    .array(z.email())
    .refine((emails) => new Set(emails).size === emails.length)
    .default([])
    .describe('a list of different e-mail addresses, separated by commas when given with -c')
    .meta({ meaning: 'Addresses that get the notices. Each gets a mail from SNS and must confirm.' }),
  locale: z
    .enum(Object.keys(LANGUAGES) as [Locale, ...Locale[]])
    .default('en')
    .describe(`the language of the notices, one of ${Object.keys(LANGUAGES).join(', ')}`)
    .meta({ meaning: 'Language of the notices.' }),
  chatTopicArn: topicArn
    .describe('the ARN of an SNS topic that Amazon Q Developer in chat applications reads, for Slack or Teams')
    .meta({
      meaning: 'A second topic, which gets every notice in the form that Slack and Microsoft Teams show.',
      more: 'operations.md#slack-and-microsoft-teams',
    }),
  alarmTopicArn: topicArn
    .describe(
      'the ARN of an SNS topic in the same Region that alarms are published to as well, and CloudWatch may publish to',
    )
    .meta({
      meaning: 'A second topic, which alarms are published to, in the same Region.',
      more: 'observability.md#alarms',
    }),
  remediation: z
    .enum(['auto', 'observe'])
    .default('auto')
    .describe('"auto" (create missing service-linked roles) or "observe" (change nothing, say what "auto" would do)')
    .meta({
      meaning: 'Whether Trailmend creates missing service-linked roles.',
      more: 'operations.md#the-first-week',
    }),
  immediate: z
    .enum(['high', 'medium', 'low'])
    .default('medium')
    .describe(
      '"high", "medium" or "low": the lowest severity that gets a notice of its own; the rest is in the daily digest',
    )
    .meta({ meaning: 'Lowest severity that gets notices of its own.', more: WHEN_TOLD }),
  gatherSeconds: wholeNumber(0, 900)
    .default(60)
    .describe('a whole number of seconds from 0 to 900')
    .meta({ meaning: "How long refusals gather before an incident's first notice.", more: WHEN_TOLD }),
  windowMinutes: wholeNumber(5, 1_440)
    .default(60)
    .describe('a whole number of minutes from 5 to 1440')
    .meta({ meaning: 'Silence after a notice of an incident; then one digest while it goes on.', more: WHEN_TOLD }),
  digestHourUtc: wholeNumber(0, 23)
    .default(7)
    .describe('an hour of the day in UTC, 0 to 23')
    .meta({ meaning: 'When the daily digest comes.', more: WHEN_TOLD }),
  noticeCap: wholeNumber(1, 1_000).default(20).describe('a whole number of notices an hour from 1 to 1000').meta({
    meaning: 'Notices an hour, high severity not counted, before they are put together into one.',
    more: 'incidents.md#floods',
  }),
  recordDays: wholeNumber(45, 3_650)
    .default(365)
    .describe('a whole number of days from 45 to 3650; less would forget what a dead-letter queue still holds')
    .meta({ meaning: 'How long events, incidents and notices stay in the table.', more: 'incidents.md#the-table' }),
  suppressions: suppressions
    .describe(
      'a list of objects with any of case, principal, account, action, resource (* for any text) and with reason and expires',
    )
    .meta({
      meaning: 'What is accepted and reviewed: it is counted and shown, but not told. With `-c` it is JSON.',
      more: 'incidents.md#silence-that-somebody-decided',
    }),
  logRetentionDays: z
    .union(retentionDays.map((days) => z.literal(days)))
    .default(RetentionDays.ONE_YEAR)
    .describe(`a number of days that CloudWatch Logs offers: ${retentionDays.join(', ')}`)
    .meta({ meaning: 'How long the logs of the two functions, and in them the copy of every audit record, are kept.' }),
  removalPolicy: z
    .enum(['retain', 'destroy'])
    .default('retain')
    .describe('"retain" or "destroy": what happens to the log group, the table and the key when the stack is deleted')
    .meta({ meaning: 'Whether what holds records outlives the stack.', more: 'operations.md#uninstall' }),
});

/** What the deployment may be told; defaults filled in. */
export type Settings = z.infer<typeof SETTINGS>;

/** The same as people give it: what is left out has its default. */
export type GivenSettings = z.input<typeof SETTINGS>;

type Name = keyof Settings;
const NAMES = Object.keys(SETTINGS.shape) as Name[];

/**
 * Reads the settings from CDK context: the object `trailmend` (or its JSON text), overlaid by `trailmend.<name>` as `-c`
 * gives them. An empty `-c` value restores the default.
 * @throws Error that names every mistake at once.
 */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  return checkedSettings(givenSettings(context, NAMES));
}

/**
 * The settings with their defaults.
 * @throws Error that names every mistake at once.
 */
export function checkedSettings(given: Readonly<Record<string, unknown>>): Settings {
  const result = SETTINGS.safeParse(given);
  const issues = result.error?.issues ?? [];
  const mistakes = [...issues.flatMap((issue) => describeMistakes(issue, given)), ...reachMistakes(singly(given))];
  if (result.success && mistakes.length === 0) {
    return result.data;
  }
  throw new Error(`The settings of ${CONTEXT_KEY} are unusable:\n- ${mistakes.join('\n- ')}`);
}

/** The settings that are right by themselves; null stands for each that is not. */
function singly(given: Readonly<Record<string, unknown>>): Reach {
  const results = NAMES.map((name) => [name, SETTINGS.shape[name].safeParse(given[name])] as const);
  return Object.fromEntries(results.map(([name, { success, data }]) => [name, success ? data : null])) as Reach;
}

function describeMistakes(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string[] {
  return issue.code === 'unrecognized_keys' && issue.path.length === 0
    ? issue.keys.map((key) => `${key}: is no setting; allowed are ${NAMES.join(', ')}`)
    : [describeMistake(issue, given)];
}

function describeMistake({ path, message }: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const [name = '', index] = path;
  const setting = given[String(name)];
  const seen = Array.isArray(setting) && typeof index === 'number' ? setting[index] : setting;
  const what = `${String(name)}: ${JSON.stringify(seen)} is not allowed`;
  return name === 'suppressions' && Array.isArray(setting)
    ? `${what}: ${message}${path.length > 2 ? ` (${String(path[2])})` : ''}`
    : `${what}; give ${SETTINGS.shape[name as Name].description}`;
}
