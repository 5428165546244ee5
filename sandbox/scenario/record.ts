import { randomUUID } from 'node:crypto';
import type { Envelope } from '../eventbridge/envelope';
import type { Identity } from '../organization/identity';

/** What tells one API call from another; the rest of its record follows. */
export type ApiCall = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly who: Identity;
  readonly region: string;
  /** The service by the name of its endpoint, such as `cloudtrail`. */
  readonly service: string;
  readonly operation: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** CloudTrail leaves the parameters of a denied call out, mostly. */
  readonly requestParameters?: object | null;
  readonly responseElements?: object | null;
  readonly userAgent?: string;
  readonly usesConsole?: boolean;
};

const CLI =
  'aws-cli/2.31.38 md/awscrt#0.28.4 ua/2.1 os/linux#6.12.53 md/arch#x86_64 lang/python#3.13.9 md/pyimpl#CPython cfg/retry-mode#standard';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';

/**
 * The event that EventBridge carries for an API call which CloudTrail recorded.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function apiCallEvent(call: ApiCall): Envelope {
  const { who, region, service, operation } = call;
  const time = `${new Date(call.at).toISOString().slice(0, 19)}Z`;
  return envelopeOf(service, who.caller.account, region, time, {
    eventVersion: '1.11',
    userIdentity: who.userIdentity,
    eventTime: time,
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: who.sourceAddress,
    userAgent: call.userAgent ?? (call.usesConsole ? BROWSER : CLI),
    ...(call.errorCode ? { errorCode: call.errorCode, errorMessage: call.errorMessage } : {}),
    requestParameters: call.requestParameters ?? null,
    responseElements: call.responseElements ?? null,
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: /^(?:Get|List|Describe|Lookup)/.test(operation),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: who.caller.account,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
    },
    ...(call.usesConsole ? { sessionCredentialFromConsole: 'true' } : {}),
  });
}

/** Any event that a service emits about an API call. */
export function envelopeOf(
  service: string,
  account: string,
  region: string,
  time: string,
  detail: Envelope['detail'],
): Envelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account,
    time,
    region,
    resources: [],
    detail,
  };
}
