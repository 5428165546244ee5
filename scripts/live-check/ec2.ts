import type { Credentials } from './aws';
import { signedHeaders } from './sign';

/** What EC2 answered to a call. */
export type Ec2Answer = { readonly code: string; readonly message: string; readonly requestId: string };

/** Tags that are asked for as well: EC2 encodes the whole request into its message, so they make it long. */
const TAGS = Array.from({ length: 10 }, (_, at) => [`trailmend-live-check-${at}`, 'x'.repeat(200)] as const);

/** Asks for a volume with `DryRun`, so that nothing is made even where the caller has the right to make one. */
export async function refusedVolume(credentials: Credentials, region: string): Promise<Ec2Answer> {
  const { AWS_ENDPOINT_URL_EC2, AWS_ENDPOINT_URL } = process.env;
  const url = new URL(AWS_ENDPOINT_URL_EC2 ?? AWS_ENDPOINT_URL ?? `https://ec2.${region}.${domainOf(region)}/`);
  const body = new URLSearchParams(form(region)).toString();
  const headers = signedHeaders({ service: 'ec2', region, host: url.host, body, now: Date.now() }, credentials);
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  return { code: element(text, 'Code'), message: element(text, 'Message'), requestId: element(text, 'RequestID') };
}

function form(region: string): [string, string][] {
  return [
    ['Action', 'CreateVolume'],
    ['Version', '2016-11-15'],
    ['DryRun', 'true'],
    ['AvailabilityZone', `${region}a`],
    ['Size', '1'],
    ['TagSpecification.1.ResourceType', 'volume'],
    ...TAGS.flatMap(([key, value], at): [string, string][] => [
      [`TagSpecification.1.Tag.${at + 1}.Key`, key],
      [`TagSpecification.1.Tag.${at + 1}.Value`, value],
    ]),
  ];
}

function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** The text of an XML element; empty when absent. */
function element(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`, 'i').exec(xml)?.[1] ?? '';
}
