import type { FunctionSettings } from '../cloudformation/deployment';
import type { Identity } from '../organization/identity';
import { placeOf } from '../organization/place';

/** What Lambda sets, and what points the SDK at the local endpoint. */
export function environmentOf({ arn, logGroup }: FunctionSettings, { accessKeyId }: Identity, endpoint: string) {
  const { region } = placeOf(arn);
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'sandbox',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_SESSION_TOKEN: 'sandbox',
    AWS_ENDPOINT_URL: endpoint,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
