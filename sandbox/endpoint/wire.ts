import type { IncomingMessage } from 'node:http';
import type { Service } from './operation';
import type { ServiceError } from './service-error';

/** What a request says before anybody knows whether it makes sense. */
export type Request = {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly accessKeyId: string;
  readonly region: string;
  readonly userAgent: string;
};

/** A reply, ready to be sent. */
export type Reply = { readonly status: number; readonly type: string; readonly body: string };

/**
 * Reads a request of the SDK. Service and Region come from the scope of its signature, which is the same whatever
 * endpoint it is sent to.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  const { authorization = '', 'x-amz-target': target, 'user-agent': userAgent = '' } = message.headers;
  const [, scope = ''] = /Credential=([^,\s]+)/.exec(authorization) ?? [];
  const [accessKeyId = '', , region = '', signed = ''] = scope.split('/');
  const service = signed === 'monitoring' ? 'cloudwatch' : signed;
  if (service === 's3') return { service, ...restRequest(message), accessKeyId, region, userAgent };
  const form = target === undefined ? Object.fromEntries(new URLSearchParams(body)) : {};
  const operation = target === undefined ? (form.Action ?? '') : (String(target).split('.').at(-1) ?? '');
  const input = target === undefined ? form : Object(JSON.parse(body || '{}'));
  return { service, operation, input, accessKeyId, region, userAgent };
}

/** What a request of S3 asks, with the bucket in its path: the SDK writes it so where the endpoint is an address. */
function restRequest({ method, url = '' }: IncomingMessage): Pick<Request, 'operation' | 'input'> {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [, Bucket = '', key = ''] = pathname.split('/');
  const isList = method === 'GET' && key === '' && searchParams.get('list-type') === '2';
  return { operation: isList ? 'ListObjectsV2' : `${method}`, input: { Bucket, ...Object.fromEntries(searchParams) } };
}

/** Writes the answer of an operation as its protocol wants it. */
export function writeAnswer(
  protocol: Service['protocol'],
  operation: string,
  answer: object,
  requestId: string,
): Reply {
  if (protocol === 'json') return { status: 200, type: 'application/x-amz-json-1.1', body: JSON.stringify(answer) };
  if (protocol === 'rest') return { status: 200, type: 'application/xml', body: restXml(answer) };
  const result = element(`${operation}Result`, answer);
  const metadata = element('ResponseMetadata', { RequestId: requestId });
  return { status: 200, type: 'text/xml', body: `<${operation}Response>${result}${metadata}</${operation}Response>` };
}

/** Writes an error as its protocol wants it. */
export function writeError(protocol: Service['protocol'], error: ServiceError, requestId: string): Reply {
  const { code, message, status } = error;
  if (protocol === 'json') {
    return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message }) };
  }
  if (protocol === 'rest') {
    return { status, type: 'application/xml', body: restXml({ Error: { Code: code, Message: message } }) };
  }
  const Type = status < 500 ? 'Sender' : 'Receiver';
  const body = element('ErrorResponse', { Error: { Type, Code: code, Message: message }, RequestId: requestId });
  return { status, type: 'text/xml', body };
}

/** The only member of `answer` as a document, in which lists repeat their element. */
function restXml(answer: object): string {
  const written = (name: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((item) => written(name, item)).join('');
    const isText = typeof value !== 'object' || value === null;
    return isText ? element(name, value) : `<${name}>${members(value)}</${name}>`;
  };
  const members = (of: object): string =>
    Object.entries(of)
      .map(([name, value]) => written(name, value))
      .join('');
  return members(answer);
}

function element(name: string, value: unknown): string {
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('');
  if (value instanceof Map) return [...value].map(([key, item]) => element('entry', { key, value: item })).join('');
  if (typeof value !== 'object' || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .map(([name, item]) => element(name, item))
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
