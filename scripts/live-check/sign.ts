import { createHash, createHmac } from 'node:crypto';
import type { Credentials } from './aws';

/** A form that is to be posted to a service. `now` in ms since 1970. */
export type Form = {
  readonly service: string;
  readonly region: string;
  readonly host: string;
  readonly body: string;
  readonly now: number;
};

const TYPE = 'application/x-www-form-urlencoded; charset=utf-8';

/**
 * Headers of a form with its signature, version 4.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(form: Form, credentials: Credentials): Record<string, string> {
  const time = new Date(form.now).toISOString().replace(/[-:]|\.\d+/g, '');
  const headers: Record<string, string> = { 'content-type': TYPE, host: form.host, 'x-amz-date': time };
  if (credentials.sessionToken !== undefined) {
    headers['x-amz-security-token'] = credentials.sessionToken;
  }
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const request = ['POST', '/', '', lines.join(''), names, hash(form.body)].join('\n');
  const scope = [time.slice(0, 8), form.region, form.service, 'aws4_request'];
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), hash(request)].join('\n');
  const key = scope.reduce<Buffer | string>(hmac, `AWS4${credentials.secretAccessKey}`);
  const { host: _, ...sent } = headers;
  const signature = hmac(key, text).toString('hex');
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
