import { shellWord } from '../../notice/shell-word';
import type { Place, Verdict } from '../check';
import { word } from '../commands';
import type { Canary } from '../health-items';
import { type DeployedLook, ofDeployment } from '../of-deployment';
import { aboutPlace, failed, notChecked, ok } from '../verdict';

/** How long a refusal may take through trail, rule, forwarder, bus, queue and responder. */
const WAY_MS = 30 * 60_000;

/** How often the probe sends it, and what the probe may be late. */
const BEAT_MS = 6 * 3_600_000 + WAY_MS;

/**
 * The refused call that the probe makes in each Region of the management account came back through the whole chain: the
 * only proof that everything between works.
 */
export const canary = ofDeployment('canary', async (look) => {
  const { managementAccount, regions, tableName, homeRegion } = look.expectation;
  const { canaries } = await look.aws.health(tableName, homeRegion);
  return regions.map((region) => {
    const place = { account: managementAccount, region };
    const sent = canaries.find((each) => each.account === place.account && each.region === region);
    return verdictOf(place, sent, look);
  });
});

function verdictOf(place: Place, sent: Canary | undefined, look: DeployedLook): Verdict {
  const about = aboutPlace('canary', place);
  const { sentAt = null, seenAt = null } = sent ?? {};
  const now = look.now();
  if (sentAt === null || now - sentAt > BEAT_MS) {
    return notChecked(about, { kind: 'canary-not-sent', sentAt });
  }
  // On the way of the next one, the last one says how it is.
  const isBack = seenAt !== null && seenAt >= (now - sentAt < WAY_MS ? sentAt - BEAT_MS : sentAt);
  if (isBack) {
    return ok(about, { kind: 'canary-back', seenAt });
  }
  return now - sentAt < WAY_MS && seenAt === null
    ? notChecked(about, { kind: 'canary-on-its-way', sentAt })
    : failed(about, { kind: 'canary-lost', sentAt, seenAt }, mend(place, look));
}

/** Where it is lost: the rules of the Region, then what EventBridge could not deliver and why. */
function mend({ region }: Place, { expectation }: DeployedLook): string[] {
  const { busArn, deadLettersUrl, homeRegion } = expectation;
  const stack = region === homeRegion ? expectation.stackName : `TrailmendForwarder-${region}`;
  return [
    `aws events list-rule-names-by-target --target-arn ${word(busArn)} --region ${word(region)}`,
    `aws cloudformation describe-stack-resources --stack-name ${word(stack)} --query "StackResources[?ResourceType=='AWS::SQS::Queue'].PhysicalResourceId" --region ${word(region)}`,
    `aws sqs receive-message --queue-url ${region === homeRegion ? shellWord(deadLettersUrl) : '<url of that queue>'} --message-attribute-names All --visibility-timeout 0 --region ${word(region)}`,
  ];
}
