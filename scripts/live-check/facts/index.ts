import type { Fact } from '../fact';
import { absentRole } from './absent-role';
import { absentTrail } from './absent-trail';
import { alarmTopic } from './alarm-topic';
import { encodedMessage } from './encoded-message';
import { exceptionFacts } from './exception';
import { forgedSource } from './forged-source';
import { forwardedFacts } from './forwarded';
import { globalRecord } from './global-record';
import { ownMetrics } from './own-metrics';
import { price } from './price';
import { roleNotMade } from './role-not-made';
import { roleTaken } from './role-taken';
import { ruleMetrics } from './rule-metrics';
import { stackEvent } from './stack-event';
import { stackSet } from './stack-set';
import { subject } from './subject';

/** Every fact that no document settles and Trailmend rests on, in the order in which they are looked at. */
export const FACTS: readonly Fact[] = [
  stackSet,
  stackEvent,
  ownMetrics,
  subject,
  alarmTopic,
  absentRole,
  absentTrail,
  forgedSource,
  globalRecord,
  encodedMessage,
  roleNotMade,
  ...exceptionFacts,
  ...forwardedFacts,
  ruleMetrics,
  roleTaken,
  price,
];
