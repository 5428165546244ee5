/**
 * Everything that checks ask of AWS, as IAM actions: reads, all of them. `trailmend doctor --print-policy` and the probe's
 * role are made of this list; a test proves that it is what the edges call.
 */
export const HEALTH_ACTIONS = [
  'cloudformation:DescribeStacks',
  'cloudformation:ListStackInstances',
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetTrailStatus',
  'cloudwatch:GetMetricStatistics',
  'dynamodb:Query',
  'events:DescribeEventBus',
  'events:DescribeRule',
  'events:ListRuleNamesByTarget',
  'events:ListRules',
  'events:ListTargetsByRule',
  'iam:GetRole',
  'kms:GetKeyPolicy',
  'organizations:DescribeOrganization',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListOrganizationalUnitsForParent',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
  'sqs:GetQueueAttributes',
  'sts:GetCallerIdentity',
] as const;

/** One of {@link HEALTH_ACTIONS}. */
export type HealthAction = (typeof HEALTH_ACTIONS)[number];
