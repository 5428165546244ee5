import { writeFileSync } from 'node:fs';
import { STSClient } from '@aws-sdk/client-sts';
import { awsFailure } from '../cli/aws-failure';
import { UsageError } from '../cli/usage-error';
import { LiveAws } from './live-check/aws';
import { liveCheck } from './live-check/live-check';
import { WALL_CLOCK } from './live-check/waits';

// The SDK warns on every Node below 22; it changes nothing of what is seen here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    console.error('interrupted: undoing what was changed, wait ...');
    interrupt.abort();
  });
}

async function main(): Promise<number> {
  try {
    return await liveCheck(process.argv.slice(2), {
      aws: new LiveAws(),
      credentials: (profile) => new STSClient({ region: 'us-east-1', profile }).config.credentials(),
      clock: WALL_CLOCK,
      env: process.env,
      signal: interrupt.signal,
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
      write: writeFileSync,
    });
  } catch (error) {
    const said = error instanceof UsageError ? `${error.message}; see --help` : awsFailure(error);
    if (said === null) {
      throw error;
    }
    console.error(`live-check: ${said}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

main().then((code) => {
  process.exitCode = code;
});
