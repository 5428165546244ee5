import { join } from 'node:path';

// Before the SDK loads: on Node 20 every process that uses it would begin with a warning about 2027.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const output = {
  print: (line: string) => process.stdout.write(`${line}\n`),
  complain: (line: string) => process.stderr.write(`${line}\n`),
  reviewPath: join('.trailmend', 'review.html'),
};

async function main(): Promise<number> {
  const [{ run }, { paintFor }] = await Promise.all([import('./run'), import('./report/text-layout')]);
  return run(process.argv.slice(2), output, paintFor(process.stdout, process.env));
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    output.complain(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
