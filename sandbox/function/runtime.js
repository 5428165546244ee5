// Runs inside the function's own process, in place of Lambda's runtime: loads the bundle, answers invocations. Plain
// JavaScript, since nothing but Node is in that process.
const { join } = require('node:path');

const { _HANDLER = '', LAMBDA_TASK_ROOT = '', AWS_LAMBDA_FUNCTION_NAME: functionName } = process.env;
const [file, name] = _HANDLER.split('.');

// The time of the local organization: it began apart from ours and jumps between invocations.
const RealDate = Date;
let ahead = 0;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length > 0) super(...parts);
    else super(RealDate.now() + ahead);
  }

  static now() {
    return RealDate.now() + ahead;
  }
};

// Lines travel on the channel of the answers, so that every line of an invocation arrives before its answer does.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk, encoding, callback) => {
    process.send({ kind: 'log', text: chunk.toString() });
    const done = typeof encoding === 'function' ? encoding : callback;
    done?.();
    return true;
  };
}

const handler = require(join(LAMBDA_TASK_ROOT, `${file}.js`))[name];

process.on('message', async ({ requestId, event, functionArn, now, deadline }) => {
  ahead = now - RealDate.now();
  const context = {
    awsRequestId: requestId,
    functionName,
    invokedFunctionArn: functionArn,
    getRemainingTimeInMillis: () => deadline - RealDate.now(),
  };
  try {
    process.send({ kind: 'answer', requestId, answer: (await handler(event, context)) ?? null });
  } catch (error) {
    process.send({ kind: 'failure', requestId, reason: error instanceof Error ? error.stack : String(error) });
  }
});
