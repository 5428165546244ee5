import type { Properties } from './properties';
import { attachPolicy, type Deployable, found, type Site } from './site';
import type { Location } from './template';

/** The ARN of the function that a property names, by its name or by its ARN. */
export function functionArnOf(at: Location, properties: Properties): string {
  const name = properties.required('FunctionName');
  return name.startsWith('arn:') ? name : `arn:${at.partition}:lambda:${at.region}:${at.account}:function:${name}`;
}

/**
 * A statement of a function's own policy.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function deployPermission({ deployment, at }: Site, { ref, properties }: Deployable): void {
  const functionArn = functionArnOf(at, properties);
  found(deployment.functions.get(functionArn), properties, 'FunctionName');
  const principal = properties.required('Principal');
  const [sourceArn, sourceAccount] = [properties.text('SourceArn'), properties.text('SourceAccount')];
  const statement = {
    Sid: ref,
    Effect: 'Allow',
    Principal: principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: properties.required('Action'),
    Resource: functionArn,
    Condition: {
      ...(sourceArn ? { ArnLike: { 'AWS:SourceArn': sourceArn } } : {}),
      ...(sourceAccount ? { StringEquals: { 'AWS:SourceAccount': sourceAccount } } : {}),
    },
  };
  attachPolicy(deployment, functionArn, { Statement: [statement] }, properties);
}

/** How often Lambda tries again when a function fails, and where the event goes then. */
export function deployInvokeConfig({ deployment, at }: Site, { properties }: Deployable): void {
  deployment.asyncSettings.set(functionArnOf(at, properties), {
    retries: properties.number('MaximumRetryAttempts', 2),
    onFailureArn: properties.inner('DestinationConfig').inner('OnFailure').text('Destination'),
  });
}
