import { run } from './run';
import { SECTIONS } from './sections';

// On Node 20 every process that makes an SDK client would begin with a warning about 2027.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const output = {
  print: (text: string) => process.stdout.write(`${text}\n`),
  complain: (text: string) => process.stderr.write(`${text}\n`),
};

run(SECTIONS, process.argv.slice(2), output).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    output.complain(error instanceof Error ? String(error.stack) : String(error));
    process.exitCode = 1;
  },
);
