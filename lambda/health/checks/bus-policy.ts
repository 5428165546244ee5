import type { Verdict } from '../check';
import { jsonWord, revertDrift, word } from '../commands';
import { type DeployedLook, ofDeployment } from '../of-deployment';
import { policyAnswer } from '../policy-answer';
import { aboutHub, failed, notChecked, ok } from '../verdict';

/** Sid of the statement with which the bus admits the organization (`lib/hub-bus.ts`), as CDK writes it. */
const STATEMENT = 'cdk-AllowOrganizationToPutEvents';

/**
 * The hub bus takes events from every account of the organization: forwarders of members reach it by its policy alone.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export const busPolicy = ofDeployment('bus-policy', async (look) => [await verdictOf(look)]);

async function verdictOf(look: DeployedLook): Promise<Verdict> {
  const { busArn, organizationId, homeRegion } = look.expectation;
  const about = aboutHub('bus-policy', look);
  if (organizationId === null) {
    return notChecked(about, { kind: 'not-asked-for', setting: 'organizationId' });
  }
  const bus = busArn.split('/').at(-1) ?? '';
  const answer = policyAnswer((await look.aws.busPolicy(bus, homeRegion)) ?? '{"Statement":[]}', {
    asker: { kind: 'anybody' },
    action: 'events:PutEvents',
    resource: busArn,
    context: { 'aws:principalorgid': organizationId, 'aws:securetransport': 'true' },
  });
  const of = { resource: busArn, who: organizationId };
  switch (answer.kind) {
    case 'allowed':
      return ok(about, { kind: 'policy-allows', ...of });
    case 'unclear':
      return notChecked(about, { kind: 'policy-unclear', ...of, why: answer.why });
    default: {
      const denied = answer.kind === 'denied' ? answer : null;
      const saw = { kind: 'policy-refuses', ...of, actions: ['events:PutEvents'], denied } as const;
      return failed(about, saw, mend(bus, denied, look));
    }
  }
}

function mend(bus: string, denied: { readonly sid: string | null } | null, { expectation }: DeployedLook): string[] {
  const { organizationId, homeRegion, stackName } = expectation;
  const place = `--event-bus-name ${word(bus)} --region ${word(homeRegion)}`;
  if (denied !== null) {
    return denied.sid === null
      ? revertDrift(stackName, homeRegion)
      : [`aws events remove-permission --statement-id ${word(denied.sid)} ${place}`];
  }
  const condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: organizationId };
  return [
    `aws events put-permission --statement-id ${STATEMENT} --action events:PutEvents --principal '*' --condition ${jsonWord(condition)} ${place}`,
  ];
}
