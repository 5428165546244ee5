import type { Check, CheckId, Verdict } from '../check';
import { jsonWord, revertDrift, word } from '../commands';
import { each } from '../each';
import type { Expectation } from '../expectation';
import { type DeployedLook, ofDeployment } from '../of-deployment';
import { type Asker, type PolicyAnswer, type PolicyRequest, policyAnswer } from '../policy-answer';
import { type About, aboutHub, failed, lookAt, notChecked, ok } from '../verdict';
import { deployedTopicPolicy } from './deployed-topic-policy';

/** Somebody who publishes to the topic. */
type Publisher = { readonly who: string; readonly asker: Asker };

/** A policy, what a publisher must be allowed by it, and what to run if it is not. */
type Judging = {
  readonly policy: string;
  readonly calls: readonly Pick<PolicyRequest, 'action' | 'resource'>[];
  readonly mend: readonly string[];
};

/**
 * The topic's policy lets the responder, the probe and CloudWatch alarms publish.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export const topicPolicy = ofDeployment('topic-policy', (look) => {
  const { topicArn, homeRegion } = look.expectation;
  return perPublisher('topic-policy', look, async (publisher) => {
    const { policy } = await look.aws.topic(topicArn, homeRegion);
    const calls = [{ action: 'sns:Publish', resource: topicArn }];
    return judged(aboutHub('topic-policy', look, publisher.who), look, publisher, {
      policy,
      calls,
      mend: setPolicy(look),
    });
  });
});

/**
 * The topic is encrypted with its key, and the key's policy lets the same three use it: a service such as CloudWatch
 * publishes to an encrypted topic only then, and fails silently otherwise.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const topicKey: Check = ofDeployment('topic-key', (look) => {
  const { topicArn, keyArn, stackName, homeRegion } = look.expectation;
  return perPublisher('topic-key', look, async (publisher) => {
    const about = aboutHub('topic-key', look, publisher.who);
    const { key } = await look.aws.topic(topicArn, homeRegion);
    if (key !== keyArn && key !== keyArn.split('/').at(-1)) {
      const option = `--attribute-name KmsMasterKeyId --attribute-value ${word(keyArn)} --region ${word(homeRegion)}`;
      return failed(about, { kind: 'another-key', key, expected: keyArn }, [
        `aws sns set-topic-attributes --topic-arn ${word(topicArn)} ${option}`,
      ]);
    }
    const calls = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => ({ action, resource: keyArn }));
    const policy = await look.aws.keyPolicy(keyArn, homeRegion);
    return judged(about, look, publisher, { policy, calls, mend: revertDrift(stackName, homeRegion) });
  });
});

function perPublisher(check: CheckId, look: DeployedLook, verdictOf: (publisher: Publisher) => Promise<Verdict>) {
  const { responderRoleArn, probeRoleArn } = look.expectation;
  const alarms = 'cloudwatch.amazonaws.com';
  const publishers: Publisher[] = [
    { who: responderRoleArn, asker: { kind: 'role', arn: responderRoleArn } },
    { who: probeRoleArn, asker: { kind: 'role', arn: probeRoleArn } },
    { who: alarms, asker: { kind: 'service', name: alarms } },
  ];
  return each(publishers, (publisher) => lookAt(aboutHub(check, look, publisher.who), () => verdictOf(publisher)));
}

function judged(about: About, look: DeployedLook, { who, asker }: Publisher, judging: Judging): Verdict {
  const { policy, calls, mend } = judging;
  const resource = calls[0]?.resource ?? '';
  const context = contextOf(asker, calls[0]?.action ?? '', look.expectation);
  const answers = calls.map((call) => ({ ...call, answer: policyAnswer(policy, { ...call, asker, context }) }));
  const kinds = answers.map(({ answer }) => answer);
  const refused = answers.filter(({ answer }) => answer.kind === 'denied' || answer.kind === 'not-allowed');
  if (refused.length > 0) {
    const actions = refused.map(({ action }) => action);
    const saw = { kind: 'policy-refuses', resource, who, actions, denied: denialIn(kinds) } as const;
    return failed(about, saw, mend);
  }
  const doubt = kinds.find((answer) => answer.kind === 'unclear');
  return doubt?.kind === 'unclear'
    ? notChecked(about, { kind: 'policy-unclear', resource, who, why: doubt.why })
    : ok(about, { kind: 'policy-allows', resource, who });
}

/**
 * The whole policy anew: CloudFormation cannot read that of a topic, so it would find no drift to revert.
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-sns/pull/92
 */
function setPolicy({ expectation }: DeployedLook): string[] {
  const policy = jsonWord(deployedTopicPolicy(expectation));
  return [
    `aws sns set-topic-attributes --topic-arn ${word(expectation.topicArn)} --attribute-name Policy --attribute-value ${policy} --region ${word(expectation.homeRegion)}`,
  ];
}

function denialIn(answers: readonly PolicyAnswer[]): { readonly sid: string | null } | null {
  return answers.find((answer) => answer.kind === 'denied') ?? null;
}

/** What is known of a publisher's call. KMS is told nothing of the alarm for which CloudWatch calls it. */
function contextOf(asker: Asker, action: string, expectation: Expectation): Record<string, string> {
  const { managementAccount, partition, homeRegion, organizationId } = expectation;
  const common = { 'aws:securetransport': 'true', 'aws:sourceowner': managementAccount };
  if (asker.kind === 'role') {
    return {
      ...common,
      'aws:principalarn': asker.arn,
      'aws:principalaccount': managementAccount,
      'kms:calleraccount': managementAccount,
      'kms:viaservice': `sns.${homeRegion}.amazonaws.com`,
      ...(organizationId !== null && { 'aws:principalorgid': organizationId }),
    };
  }
  const alarm = `arn:${partition}:cloudwatch:${homeRegion}:${managementAccount}:alarm:trailmend-any`;
  return action.startsWith('kms:')
    ? common
    : { ...common, 'aws:sourceaccount': managementAccount, 'aws:sourcearn': alarm };
}
