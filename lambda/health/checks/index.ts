import type { Check } from '../check';
import { account } from './account';
import { accounts } from './accounts';
import { allFeatures } from './all-features';
import { busPolicy } from './bus-policy';
import { canary } from './canary';
import { forwarders } from './forwarders';
import { topicKey, topicPolicy } from './notice-policies';
import { probe } from './probe';
import { deadLetters, queue } from './queues';
import { roles } from './roles';
import { rules } from './rules';
import { subscribers } from './subscribers';
import { trail } from './trail';
import { stackSetsAccess, trustedAccess } from './trusted-access';

/** Every check, in the order in which verdicts are shown. The account comes first: with the wrong one, nothing else says anything. */
export const CHECKS: readonly Check[] = [
  account,
  allFeatures,
  trustedAccess,
  stackSetsAccess,
  roles,
  trail,
  rules,
  busPolicy,
  forwarders,
  canary,
  accounts,
  subscribers,
  topicKey,
  topicPolicy,
  queue,
  deadLetters,
  probe,
];
