import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';
import { CONTEXT_KEY, givenSettings } from './settings-context';
import { suppressions } from './suppression-setting';

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html */
const topicArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/)
  .optional();

const wholeNumber = (least: number, most: number) => z.number().int().min(least).max(most);

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
  chatTopicArn: topicArn.describe(
    'the ARN of an SNS topic that Amazon Q Developer in chat applications reads, for Slack or Teams',
  ),
  alarmTopicArn: topicArn.describe(
    'the ARN of an SNS topic in the same Region that alarms are published to as well, and CloudWatch may publish to',
  ),
  remediation: z
    .enum(['auto', 'observe'])
    .default('auto')
    .describe('"auto" (create missing service-linked roles) or "observe" (change nothing, say what "auto" would do)'),
  immediate: z
    .enum(['high', 'medium', 'low'])
    .default('medium')
    .describe(
      '"high", "medium" or "low": the lowest severity that gets a notice of its own; the rest is in the daily digest',
    ),
  gatherSeconds: wholeNumber(0, 900).default(60).describe('a whole number of seconds from 0 to 900'),
  windowMinutes: wholeNumber(5, 1_440).default(60).describe('a whole number of minutes from 5 to 1440'),
  digestHourUtc: wholeNumber(0, 23).default(7).describe('an hour of the day in UTC, 0 to 23'),
  noticeCap: wholeNumber(1, 1_000).default(20).describe('a whole number of notices an hour from 1 to 1000'),
  recordDays: wholeNumber(45, 3_650)
    .default(365)
    .describe('a whole number of days from 45 to 3650; less would forget what a dead-letter queue still holds'),
  suppressions: suppressions.describe(
    'a list of objects with any of case, principal, account, action, resource (* for any text) and with reason and expires',
  ),
  logRetentionDays: z
    .union(retentionDays.map((days) => z.literal(days)))
    .default(RetentionDays.ONE_YEAR)
    .describe(`a number of days that CloudWatch Logs offers: ${retentionDays.join(', ')}`),
  removalPolicy: z
    .enum(['retain', 'destroy'])
    .default('retain')
    .describe('"retain" or "destroy": what happens to the log group, the table and the key when the stack is deleted'),
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
  const given = givenSettings(context, NAMES);
  const result = schema.safeParse(given);
  if (result.success) {
    return result.data;
  }
  const mistakes = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0
      ? issue.keys.map((key) => `${key}: is no setting; allowed are ${NAMES.join(', ')}`)
      : [describeMistake(issue, given)],
  );
  throw new Error(`The settings in context "${CONTEXT_KEY}" are unusable:\n- ${mistakes.join('\n- ')}`);
}

function describeMistake({ path, message }: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const [name = '', index] = path;
  const setting = given[String(name)];
  const seen = Array.isArray(setting) && typeof index === 'number' ? setting[index] : setting;
  const what = `${String(name)}: ${JSON.stringify(seen)} is not allowed`;
  return name === 'suppressions' && Array.isArray(setting)
    ? `${what}: ${message}${path.length > 2 ? ` (${String(path[2])})` : ''}`
    : `${what}; give ${schema.shape[name as Name].description}`;
}
