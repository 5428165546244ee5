import type { JsonObject } from '../../lambda/denial/json';
import type { Row } from './columns';

/**
 * The CloudTrail record that a row of the answer was, as far as the parser reads it: it makes the same finding of both. The
 * table knows texts only, so a member that should be a text and is none comes as its JSON.
 */
export function recordOf(row: Row): JsonObject {
  return {
    eventID: row.event_id,
    sharedEventID: row.shared_event_id,
    addendum: { originalEventID: row.original_event_id },
    eventTime: row.event_time,
    eventSource: row.event_source,
    eventName: row.event_name,
    awsRegion: row.aws_region,
    recipientAccountId: row.recipient_account_id,
    sourceIPAddress: row.source_ip_address,
    readOnly: row.read_only === null ? undefined : jsonOf(row.read_only),
    errorCode: row.error_code,
    errorMessage: row.error_message,
    requestParameters: jsonOf(row.request_parameters),
    resources: resourcesOf(row),
    sessionCredentialFromConsole: row.from_console,
    userIdentity: row.has_no_identity === 'true' ? null : identityOf(row),
  };
}

function identityOf(row: Row): JsonObject {
  return {
    type: row.identity_type,
    arn: row.identity_arn,
    accountId: row.identity_account_id,
    principalId: row.identity_principal_id,
    invokedBy: row.identity_invoked_by,
    onBehalfOf: { userId: row.identity_user_id },
    sessionContext: { sessionIssuer: { arn: row.issuer_arn } },
  };
}

function resourcesOf(row: Row): JsonObject[] {
  const arns = jsonOf(row.resource_arns);
  return Array.isArray(arns) ? arns.map((ARN: unknown) => ({ ARN })) : [];
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
