import type { Home, Identity } from './identities';

/** Members of a record that a test sets. */
export type Call = {
  readonly service: string;
  readonly operation: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly console?: boolean;
};

/** The account that the records are of. */
export const ACCOUNT = '333344445555';
const LAYERS = [
  'identity-based policy',
  'resource-based policy',
  'permissions boundary',
  'session policy',
  'service control policy',
  'resource control policy',
  'VPC endpoint policy',
  'role trust policy',
];

/** Every clause by which a message says why, and none. */
export const REASONS: readonly string[] = [
  '',
  ' with an explicit deny',
  ...LAYERS.flatMap((layer) => [` because no ${layer} allows it`, ` with an explicit deny in a ${layer}`]),
];

/** What a message says behind `User:`. */
export function principalOf(userIdentity: Readonly<Record<string, unknown>>): string {
  return String(userIdentity.arn ?? userIdentity.invokedBy ?? userIdentity.principalId ?? 'anonymous');
}

/** A record of `call`, as `identity` would make it in `home`. */
export function recordOf(call: Call, identity: Identity, { partition, region }: Home) {
  return {
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.operation,
    eventID: '7c1a2d9e-1111-2222-3333-444455556666',
    eventTime: '2026-11-02T03:04:05Z',
    awsRegion: region,
    recipientAccountId: ACCOUNT,
    userIdentity: identity.userIdentity(partition, ACCOUNT),
    errorCode: call.errorCode ?? 'AccessDenied',
    errorMessage: call.errorMessage,
    requestParameters: call.parameters ?? null,
    ...(call.console && { sessionCredentialFromConsole: 'true' }),
  };
}

/** A refusal of `action`, told in AWS's words. */
export function refusal(action: string, resource: string | null, reason: string, of: Partial<Call> = {}) {
  const [service = '', operation = ''] = action.split(':');
  return (identity: Identity, home: Home) => {
    const on = resource === null ? '' : ` on resource: ${resource}`;
    const who = principalOf(identity.userIdentity(home.partition, ACCOUNT));
    const errorMessage = `User: ${who} is not authorized to perform: ${action}${on}${reason}`;
    return recordOf({ service, operation, errorMessage, ...of }, identity, home);
  };
}
