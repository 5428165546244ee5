import { policyText } from '../iam/policy';
import { accountOf } from '../organization/place';
import { type Call, type Service, textIn } from './operation';
import { ServiceError } from './service-error';

/** KMS: a look at the policies of the deployed keys. */
export const kms: Service = {
  protocol: 'json',
  denialCode: 'AccessDeniedException',
  operations: {
    GetKeyPolicy: {
      permissions: (call, { deployment }) => {
        const resource = keyArnOf(call);
        const guard = { account: accountOf(resource), policy: deployment.policies.get(resource), isSovereign: true };
        const isThere = deployment.keys.has(resource);
        return [{ action: 'kms:GetKeyPolicy', resource, ...(isThere ? { guard } : {}) }];
      },
      perform: (call, { deployment }) => {
        const arn = keyArnOf(call);
        if (!deployment.keys.has(arn)) throw new ServiceError('NotFoundException', `Key '${arn}' does not exist`);
        return { Policy: policyText(deployment.policies.get(arn) ?? []), PolicyName: 'default' };
      },
    },
  },
};

/** The key that a call names by its ARN or its id. */
function keyArnOf(call: Call): string {
  const key = textIn(call, 'KeyId');
  return key.startsWith('arn:') ? key : `arn:aws:kms:${call.region}:${call.caller.account}:key/${key}`;
}
