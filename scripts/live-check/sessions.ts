import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Aws, Caller } from './aws';
import { unlessGone } from './changes';
import { NotChecked } from './fact';
import type { Look } from './look';

/** A role to take on. */
export type Session = {
  readonly roleArn: string;
  readonly account: string;
  /** How people call whoever has taken it on. */
  readonly name: string;
  /** Session policy, which leaves only these rights of the role's. */
  readonly policy?: object;
};

/** A role that is made for the run. */
type OwnRole = {
  readonly name: string;
  /** Action that it may do on everything; null for a role without any right. */
  readonly may: string | null;
};

const POWERLESS: OwnRole = { name: 'trailmend-live-check-powerless', may: null };
const READER: OwnRole = { name: 'trailmend-live-check-reader', may: 'iam:GetRole' };

/** Name of the inline policy of a role of ours. */
const POLICY = 'only-right';

/** Takes a role on. */
export async function assume(aws: Aws, as: Caller, region: string, session: Session): Promise<Caller> {
  const input = {
    RoleArn: session.roleArn,
    RoleSessionName: 'trailmend-live-check',
    Policy: session.policy && JSON.stringify(session.policy),
  };
  const { Credentials } = await aws.client(STSClient, as, region).send(new AssumeRoleCommand(input));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { account: session.account, name: session.name, credentials };
}

/** A role without any right, in the account of `of`. */
export async function powerlessIn(look: Omit<Look, 'powerless'>, of: Caller): Promise<Caller> {
  return takeOn(look, of, POWERLESS);
}

/** A role that may read roles, held down to what `policy` says; in the management account. */
export async function readerWith(look: Look, policy: object): Promise<Caller> {
  return takeOn(look, look.management, READER, policy);
}

/** Makes the role, once, and takes it on as soon as IAM lets us. */
async function takeOn(look: Omit<Look, 'powerless'>, of: Caller, role: OwnRole, policy?: object): Promise<Caller> {
  await look.once(`${role.name} in ${of.account}`, () => make(look, of, role));
  const roleArn = `arn:${look.partition}:iam::${of.account}:role/${role.name}`;
  const session = { roleArn, account: of.account, name: `${role.name} in the ${of.name}`, policy };
  const caller = await look.waits.until(`${role.name} to be assumable in the ${of.name}`, 2, () =>
    assume(look.aws, of, look.region, session).catch(nullIfRefused),
  );
  if (caller === null) {
    throw new NotChecked(`${roleArn} could not be assumed within two minutes`);
  }
  return caller;
}

async function make(look: Omit<Look, 'powerless'>, of: Caller, { name, may }: OwnRole): Promise<void> {
  const { aws, changes, partition, region } = look;
  const iam = aws.client(IAMClient, of, region);
  const Principal = { AWS: `arn:${partition}:iam::${of.account}:root` };
  const AssumeRolePolicyDocument = policyOf({ Principal, Action: 'sts:AssumeRole' });
  await changes.make({
    what: `role ${name} in the ${of.name}`,
    byHand: `aws iam delete-role --role-name ${name}`,
    make: () => iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument })).catch(unlessTaken),
    undo: () => unlessGone(iam.send(new DeleteRoleCommand({ RoleName: name }))),
  });
  if (may !== null) {
    await allow({ changes, iam, name, may });
  }
}

/** Gives a role its only right. */
function allow({ changes, iam, name, may }: Pick<Look, 'changes'> & { iam: IAMClient; name: string; may: string }) {
  const input = { RoleName: name, PolicyName: POLICY };
  return changes.make({
    what: `right of role ${name} to ${may}`,
    byHand: `aws iam delete-role-policy --role-name ${name} --policy-name ${POLICY}`,
    make: () =>
      iam.send(new PutRolePolicyCommand({ ...input, PolicyDocument: policyOf({ Action: may, Resource: '*' }) })),
    undo: () => unlessGone(iam.send(new DeleteRolePolicyCommand(input))),
  });
}

function policyOf(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...statement } });
}

/** A role of this name is from a run that was killed: it is used, and removed at the end. */
function unlessTaken(error: Error): void {
  if (!error.name.startsWith('EntityAlreadyExists')) {
    throw error;
  }
}

function nullIfRefused(error: Error): null {
  if (!error.name.startsWith('AccessDenied')) {
    throw error;
  }
  return null;
}
