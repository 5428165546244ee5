import { HUB } from '../../sandbox/organization/accounts';
import type { Identity } from '../../sandbox/organization/identity';
import type { Sandbox } from '../../sandbox/sandbox';

/** Answers a function that lets the SDK of a command call the sandbox instead of AWS, as an identity; undone after each test. */
export function admitTo(sandbox: () => Sandbox): (identity: Identity) => void {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });
  return (identity) => {
    const { endpoint, credentials } = sandbox().admit(identity);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: HUB.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
  };
}
