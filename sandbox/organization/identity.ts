import { randomBytes } from 'node:crypto';
import type { Role } from '../cloudformation/deployment';
import type { IdentityCaller } from '../iam/principal';
import { readPolicy } from '../iam/read-policy';
import { ORGANIZATION_ID } from './accounts';
import { accountOf } from './place';

/** Somebody who calls AWS: for the policies, for CloudTrail's records, and for people. */
export type Identity = {
  readonly caller: IdentityCaller;
  /** `userIdentity` of the records of this identity's calls. */
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly accessKeyId: string;
  readonly sourceAddress: string;
};

/** What of an identity can be chosen. */
export type IdentityOptions = {
  /** Path of the role in IAM, with slashes at both ends. */
  readonly path?: string;
  /** Actions that its policies allow on every resource. */
  readonly allowed?: readonly string[];
  /** Whether it came by the AWS console. */
  readonly usesConsole?: boolean;
};

/** The session `session` of a role. */
export function roleSession(account: string, role: string, session: string, options: IdentityOptions = {}): Identity {
  const arn = `arn:aws:iam::${account}:role${options.path ?? '/'}${role}`;
  const shownAs = `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
  const id = uniqueId(`${account}${role}`);
  const accessKeyId = `ASIA${id}`;
  const userIdentity = {
    type: 'AssumedRole',
    principalId: `AROA${id}:${session}`,
    arn: shownAs,
    accountId: account,
    accessKeyId,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: `AROA${id}`, arn, accountId: account, userName: role },
      attributes: { creationDate: '2026-11-02T02:40:11Z', mfaAuthenticated: String(options.usesConsole ?? false) },
    },
  };
  return identityOf({ arn, shownAs, account, accessKeyId, userIdentity }, options);
}

/** An IAM user, with an access key. */
export function iamUser(account: string, userName: string, options: IdentityOptions = {}): Identity {
  const arn = `arn:aws:iam::${account}:user/${userName}`;
  const id = uniqueId(`${account}${userName}`);
  const accessKeyId = `AKIA${id}`;
  const userIdentity = { type: 'IAMUser', principalId: `AIDA${id}`, arn, accountId: account, accessKeyId, userName };
  return identityOf({ arn, shownAs: arn, account, accessKeyId, userIdentity }, options);
}

/** A session of a role that a stack deploys, with the policies of the template. */
export function deployedRoleSession({ arn, name, statements }: Role, session: string): Identity {
  const path = arn.slice(arn.indexOf(':role/') + ':role'.length, -name.length);
  const identity = roleSession(accountOf(arn), name, session, { path });
  return { ...identity, caller: { ...identity.caller, statements } };
}

/** A session of a role that somebody assumed, with an access key of its own. */
export function assumedRoleSession(role: Role, session: string): Identity {
  const identity = deployedRoleSession(role, session);
  const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
  return { ...identity, accessKeyId, userIdentity: { ...identity.userIdentity, accessKeyId } };
}

type Known = Pick<Identity, 'accessKeyId' | 'userIdentity'> & { arn: string; shownAs: string; account: string };

function identityOf(known: Known, { allowed = [] }: IdentityOptions): Identity {
  const { arn, shownAs, account, accessKeyId, userIdentity } = known;
  const statement = { Effect: 'Allow', Action: allowed, Resource: '*' };
  const statements = allowed.length > 0 ? readPolicy({ Statement: statement }, arn) : [];
  const caller = { kind: 'identity', arn, shownAs, account, organization: ORGANIZATION_ID, statements } as const;
  return { caller, userIdentity, accessKeyId, sourceAddress: `198.51.100.${20 + (account.charCodeAt(0) % 80)}` };
}

/** Sixteen capitals and digits, always the same for one name: ids of IAM look like this. */
function uniqueId(name: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let state = 7;
  for (const char of name) state = (state * 31 + char.charCodeAt(0)) >>> 0;
  return Array.from({ length: 16 }, () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return alphabet.charAt(state >>> 27);
  }).join('');
}
