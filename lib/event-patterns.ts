/**
 * What Trailmend hears: two event patterns, used by the rules on every default bus and again by the rules on the hub bus.
 *
 * - Both name `source` `aws.*`, the one field that an account cannot forge with `PutEvents`.
 * - Neither names `detail-type`: refusals at a VPC endpoint arrive as network activity events.
 * - A key must not stand both inside and outside `$or`: the inner one replaces the outer one.
 * - A serialized pattern must stay below EventBridge's quota of 2,048 characters.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { PATTERN_VERSION } from '../lambda/audit/versions';
import { DENIAL_CODES, THROTTLING_CODES } from '../lambda/denial/error-codes';
import { CLOUDTRAIL, NEIGHBOURS, TYING_ENCRYPTION_CONTEXT } from '../lambda/denial/ties';

/** Every failed CloudTrail call but a throttled one. A success has no error code, which `anything-but` requires. */
export const cloudTrailRefusals: EventPattern = {
  source: ['aws.cloudtrail'],
  detail: { errorCode: [{ 'anything-but': { prefix: THROTTLING_CODES } }] },
};

/** Ends both `cloudtrail.amazonaws.com` and `context.cloudtrail.amazonaws.com`, the principals of its two roles. */
const servicePrincipal = [{ suffix: CLOUDTRAIL }];
/** Names that people and the console choose contain either spelling, anywhere. */
const named = [{ wildcard: '*cloudtrail*' }, { wildcard: '*CloudTrail*' }];
/** In policies (service principals, actions, ARNs) and bucket names the word is in small letters. */
const spelled = [{ wildcard: '*cloudtrail*' }];

/** Request parameters that name CloudTrail in a call to another service: those that `lambda/denial/ties.ts` looks into. */
const namedInRequest = [
  { servicePrincipal },
  { aWSServiceName: servicePrincipal },
  { roleName: named },
  { policyArn: named },
  { policyName: named },
  { policyDocument: spelled },
  { assumeRolePolicyDocument: spelled },
  { bucketName: spelled },
  { bucketPolicy: { Statement: { Principal: { Service: servicePrincipal } } } },
  { logGroupName: named },
  { topicArn: named },
  { name: named },
  { attributeValue: spelled },
  { policy: spelled },
  { encryptionContext: { [TYING_ENCRYPTION_CONTEXT]: [{ exists: true }] } },
];

/** A read of AWS Config by a person in the console: CloudTrail's console pages make such calls for trails. */
const consoleReadsOfConfig = {
  eventSource: ['config.amazonaws.com'],
  eventName: ['Get', 'Describe', 'List', 'BatchGet', 'Select'].map((prefix) => ({ prefix })),
  sessionCredentialFromConsole: ['true'],
};

/** Calls to the services CloudTrail works with, refused with a denial code and tied to CloudTrail by name, caller or console. */
export const neighbourRefusals: EventPattern = {
  source: NEIGHBOURS.map((service) => `aws.${service}`),
  detail: {
    errorCode: [
      ...DENIAL_CODES.prefixes.map((prefix) => ({ prefix })),
      ...DENIAL_CODES.suffixes.map((suffix) => ({ suffix })),
    ],
    $or: [
      { errorMessage: named },
      { userIdentity: { invokedBy: servicePrincipal } },
      { requestParameters: { $or: namedInRequest } },
      consoleReadsOfConfig,
    ],
  },
};

/** The two patterns as one version of Trailmend has them. */
export type Patterns = {
  readonly version: number;
  readonly cloudTrail: EventPattern;
  readonly neighbours: EventPattern;
};

/** What this version hears. */
export const CURRENT_PATTERNS: Patterns = {
  version: PATTERN_VERSION,
  cloudTrail: cloudTrailRefusals,
  neighbours: neighbourRefusals,
};

/**
 * At most two versions before this one, newest first. A forwarder may lag the hub by hours or, where its deployment failed, by
 * an upgrade or two: the hub goes on hearing what such a one sends. Whoever changes a pattern moves the old pair here.
 */
export const PREVIOUS_PATTERNS: readonly Patterns[] = [];
