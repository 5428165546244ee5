import type { Verdict } from '../check';
import { word } from '../commands';
import { type DeployedLook, ofDeployment } from '../of-deployment';
import { many } from '../saw';
import { aboutHub, failed, notChecked, ok } from '../verdict';

/**
 * As many e-mail addresses have confirmed as the settings name. A mail scanner that follows the link in a notice unsubscribes
 * its reader, unless the subscription was confirmed so that unsubscribing takes AWS credentials.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
 */
export const subscribers = ofDeployment('subscribers', async (look) => [await verdictOf(look)]);

async function verdictOf(look: DeployedLook): Promise<Verdict> {
  const { topicArn, homeRegion, emails: expected } = look.expectation;
  const about = aboutHub('subscribers', look);
  const all = await look.aws.subscriptions(topicArn, homeRegion);
  const mails = all.filter(({ protocol }) => protocol === 'email' || protocol === 'email-json');
  const confirmed = mails.filter(({ isConfirmed }) => isConfirmed).length;
  if (confirmed < expected) {
    const pending = mails.filter(({ isConfirmed }) => !isConfirmed).map(({ endpoint }) => endpoint);
    const saw = { kind: 'unsubscribed', confirmed, expected, pending: many(pending) } as const;
    return failed(about, saw, mend(pending, topicArn, homeRegion));
  }
  return all.some(({ isConfirmed }) => isConfirmed)
    ? ok(about, { kind: 'subscribed', confirmed, expected })
    : notChecked(about, { kind: 'not-asked-for', setting: 'emails' });
}

/** Subscribing again sends the mail with the token again. */
function mend(pending: readonly string[], topicArn: string, region: string): string[] {
  const topic = `--topic-arn ${word(topicArn)}`;
  const addresses = pending.length > 0 ? pending.map(word) : ['<address>'];
  return [
    ...addresses.map(
      (address) =>
        `aws sns subscribe ${topic} --protocol email --notification-endpoint ${address} --region ${word(region)}`,
    ),
    `aws sns confirm-subscription ${topic} --token <Token in the link of the mail> --authenticate-on-unsubscribe true --region ${word(region)}`,
  ];
}
