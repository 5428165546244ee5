// Runs in a fresh process, as Lambda starts one, and says on the fourth file descriptor what that took. Asked for `bare` it
// does nothing, for `init` it loads the bundle, and for `event` it answers one invocation, too. Plain JavaScript, since
// nothing but Node is in that process.
const { writeSync } = require('node:fs');
const { join } = require('node:path');

const { _HANDLER = '', LAMBDA_TASK_ROOT = '' } = process.env;
const [file, name] = _HANDLER.split('.');
const [until, event = ''] = process.argv.slice(2);

const loaded = () => process.moduleLoadList.length;

async function run() {
  const before = loaded();
  const handler = until === 'bare' ? null : require(join(LAMBDA_TASK_ROOT, `${file}.js`))[name];
  const atInit = loaded();
  const answer = until === 'event' ? await handler(JSON.parse(event), {}) : null;
  const { user, system } = process.cpuUsage();
  const modules = { atInit: atInit - before, byEvent: loaded() - atInit };
  writeSync(3, JSON.stringify({ answer, modules, processorMs: (user + system) / 1000 }));
}

run();
