import type { Fact } from '../fact';

/** One day, in ms. */
const DAY = 86_400_000;

export const price: Fact = {
  id: 'price',
  stage: 'organization-trail',
  question:
    'What does EventBridge charge for an event that goes to another account: 1.00 or 0.05 USD a million, and whom?',
  expected: 'A custom event, 1.00 USD a million, charged to the account that sends.',
  calls: 'Nothing. Cost Explorer shows it two days later',
  changes: '',
  undo: '',
  minutes: 0,
  isForLater: true,
  run: async ({ now }) => {
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const command =
      `aws ce get-cost-and-usage --time-period Start=${day(now())},End=${day(now() + DAY)} --granularity DAILY ` +
      '--metrics UsageQuantity UnblendedCost --group-by Type=DIMENSION,Key=LINKED_ACCOUNT Type=DIMENSION,Key=USAGE_TYPE';
    const seen =
      `cannot be seen today. From ${day(now() + 2 * DAY)} on, in the management account: \`${command}\`. ` +
      'Usage types with "Event" in their name say what is charged, and the account whom';
    return { verdict: 'not checked', seen };
  },
};
