import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { HEALTH_ACTIONS } from '../lambda/health/actions';
import { HUB } from './organization/accounts';
import { roleSession } from './organization/identity';
import type { Sandbox } from './sandbox';

const ROOT = resolve(__dirname, '..');

/** An operator of the management account, who may look at everything that health is read from. */
const operator = roleSession(HUB.account, 'Operator', 'on-call', { allowed: HEALTH_ACTIONS });

/** Where the doctor's words go. */
export type DoctorOutput = { readonly print: (line: string) => void; readonly complain: (line: string) => void };

/**
 * Makes the management account's trail one of the organization. The doctor cannot see the trails that members have here of
 * their own, so without it nobody would know whether they are heard. The stories begin without: creating it is theirs.
 */
export function addOrganizationTrail({ organization }: Sandbox): void {
  organization.addTrail({
    name: 'audit',
    account: HUB.account,
    region: HUB.region,
    bucket: 'example-audit-logs',
    ofOrganization: true,
  });
}

/**
 * Runs `trailmend doctor` against the sandbox, as an operator runs it against AWS: in a process of its own, which knows
 * nothing but its environment. Answers its exit code.
 */
export function consultDoctor(sandbox: Sandbox, args: readonly string[], output: DoctorOutput): Promise<number> {
  const { endpoint, credentials } = sandbox.admit(operator);
  const command = ['--import', 'tsx', join('bin', 'trailmend.ts'), 'doctor', ...args];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      NO_COLOR: process.env.NO_COLOR,
      COLUMNS: process.env.COLUMNS,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: HUB.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface(child.stdout).on('line', output.print);
  createInterface(child.stderr).on('line', output.complain);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
