import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refusedVolume } from '../../scripts/live-check/ec2';
import { signedHeaders } from '../../scripts/live-check/sign';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'tok',
};

const ANSWER =
  '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized.</Message></Error></Errors>' +
  '<RequestID>2f1a</RequestID></Response>';

/** Answers one request with a refusal, and what was asked. */
async function serve(ask: (url: string) => Promise<unknown>) {
  const asked: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
      chunks.push(chunk);
    }
    asked.push({ headers: message.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(403).end(ANSWER);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const answer = await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return { answer, asked };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('EC2 is asked dry, signed, at the endpoint that is named', async () => {
  const { answer, asked } = await serve(async (url) => {
    process.env.AWS_ENDPOINT_URL_EC2 = url;
    try {
      return await refusedVolume(credentials, 'eu-west-1');
    } finally {
      delete process.env.AWS_ENDPOINT_URL_EC2;
    }
  });

  expect(answer).toEqual({ code: 'UnauthorizedOperation', message: 'You are not authorized.', requestId: '2f1a' });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.body).toMatch(/^Action=CreateVolume&.*DryRun=true/);
  expect(asked[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/ec2\//);
});

test('a form is signed as the SDK signs it', () => {
  const form = { service: 'ec2', region: 'eu-west-1', host: 'ec2.eu-west-1.amazonaws.com', body: 'Action=X&Y=1' };

  // The signature that SignatureV4 of the SDK gives for the same headers and body.
  expect(signedHeaders({ ...form, now: Date.parse('2026-11-29T12:34:56Z') }, credentials).authorization).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/eu-west-1/ec2/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, ' +
      'Signature=01c16dafed31e404d1e9223bdb2e8afe1507178a5093b1f0b298c5334b3cbe71',
  );
});
