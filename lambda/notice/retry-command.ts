import type { Denial } from '../denial/denial';
import { type JsonObject, rowOf } from '../denial/json';
import { shellWord } from './shell-word';

/**
 * What the AWS CLI needs for each CloudTrail operation that can end in a missing service-linked role; for when a record
 * has no parameters. `<…>` is for the reader to fill in.
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudtrail/
 */
const TEMPLATES: Readonly<Record<string, string>> = {
  CreateTrail: '--name <name> --s3-bucket-name <bucket> --is-organization-trail --is-multi-region-trail',
  CreateEventDataStore: '--name <name> --organization-enabled',
  PutEventSelectors: '--trail-name <name> --event-selectors <event-selectors>',
  PutInsightSelectors: '--trail-name <name> --insight-selectors <insight-selectors>',
  GetEventSelectors: '--trail-name <name>',
  GetInsightSelectors: '--trail-name <name>',
  PutEventConfiguration: '--event-data-store <arn> --max-event-size Large --context-key-selectors <selectors>',
  GetEventConfiguration: '--event-data-store <arn>',
  RegisterOrganizationDelegatedAdmin: '--member-account-id <account-id>',
  AddTags: '--resource-id <arn> --tags-list <tags>',
  RemoveTags: '--resource-id <arn> --tags-list <tags>',
  ListTags: '--resource-id-list <arn>',
  EnableFederation: '--event-data-store <arn> --federation-role-arn <role-arn>',
  StartQuery: '--query-statement <sql>',
  GenerateQuery: '--event-data-stores <arn> --prompt <prompt>',
  CancelQuery: '--query-id <query-id>',
  DescribeQuery: '--query-id <query-id>',
  GetQueryResults: '--query-id <query-id>',
  ListQueries: '--event-data-store <arn>',
  DisableFederation: '--event-data-store <arn>',
  DeregisterOrganizationDelegatedAdmin: '--delegated-admin-account-id <account-id>',
  DescribeTrails: '',
  ListEventDataStores: '',
};

/** Longest exact options, in characters; longer ones make a notice too big to send, and nobody reads them. */
const LONGEST = 2_000;

/** For event data stores and for trails, the one parameter that all remaining operations take. */
const BY_EVENT_DATA_STORE = '--event-data-store <arn>';
const BY_NAME = '--name <name>';

/**
 * The AWS CLI command with which the refused caller can retry: exact where the record has the request's parameters, else
 * with gaps to fill in. Null when the call is no CloudTrail operation.
 */
export function retryCommand({ service, operation, parameters, region }: Denial): string | null {
  if (service !== 'cloudtrail' || operation === null || !/^[A-Za-z0-9]+$/.test(operation)) {
    return null;
  }
  const exact = parameters && exactOptions(parameters);
  const options = exact !== null && exact.length <= LONGEST ? exact : templateOptions(operation);
  const place = region === null ? '' : `--region ${shellWord(region)}`;
  return ['aws cloudtrail', kebab(operation), options, place].filter(Boolean).join(' ');
}

function templateOptions(operation: string): string {
  return rowOf(TEMPLATES, operation) ?? (operation.includes('EventDataStore') ? BY_EVENT_DATA_STORE : BY_NAME);
}

/** The request's parameters as CLI options; null when there are none or one cannot be written on a command line. */
function exactOptions(parameters: JsonObject): string | null {
  const entries = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined);
  const options = entries.map(([name, value]) => option(name, value));
  return options.length === 0 || options.includes(null) ? null : options.join(' ');
}

function option(name: string, value: unknown): string | null {
  if (!/^[A-Za-z0-9]+$/.test(name)) {
    return null;
  }
  if (typeof value === 'boolean') {
    return value ? `--${kebab(name)}` : `--no-${kebab(name)}`;
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    // The record spells the members of structures in another way than the command line takes them.
    return null;
  }
  const text = String(value);
  const hidden = text.includes('HIDDEN_DUE_TO_SECURITY_REASONS');
  // A value such as file:///… makes the AWS CLI read a file of whoever runs the command; https://… is a link in a mail.
  return hidden || text.includes('://') || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
    ? null
    : `--${kebab(name)} ${shellWord(text)}`;
}

/** `s3BucketName` → `s3-bucket-name`, `S3KeyPrefix` → `s3-key-prefix`, `snsTopicARN` → `sns-topic-arn`. */
function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
