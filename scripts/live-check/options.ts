import { parseArgs } from 'node:util';
import { UsageError } from '../../cli/usage-error';
import type { Fact } from './fact';

/** What `--help` prints. */
export const USAGE = `Usage: npm run live-check -- [options]

Looks, in a disposable AWS organization with a deployed Trailmend, at every fact that Trailmend rests on and no document
settles. About 20 minutes. Without the two options marked * it calls nothing and prints what it would do.

  --organization <o-...>           * the organization that may be broken; must be the one that the credentials lead to
  --i-may-break-this-organization  * it is disposable: roles, trails and delegation in it may be changed
  --member <account id>            member account that is, or becomes, CloudTrail's delegated administrator
  --role <name>                    role to assume there (default: OrganizationAccountAccessRole)
  --bucket <name>                  bucket that CloudTrail may write to, for trails; facts that need one are not checked without
  --region <region>                Region of the deployment (default: AWS_REGION, else us-east-1)
  --profile <name>                 AWS profile of the management account (default: AWS_PROFILE, else the environment)
  --only <ids>                     facts to look at, separated by commas (default: all)
  --out <file>                     write the report there instead of to standard output
  --mask                           take account ids, keys and addresses out of the report
  --help                           this text

The credentials must be of the management account, not of its root user. AWS_ENDPOINT_URL is obeyed.
Exit code: 0 everything that can be seen within a run is as expected, or the plan was printed; 1 something is different, not
checked or not undone; 2 misuse.
`;

/** What the person asks for. */
export type Options = {
  readonly isHelp: boolean;
  /** Null when only the plan is wanted. */
  readonly target: { readonly organization: string; readonly member: string } | null;
  readonly role: string;
  readonly bucket: string | null;
  readonly region: string;
  readonly profile: string | undefined;
  readonly facts: readonly Fact[];
  readonly out: string | null;
  readonly isMasked: boolean;
};

/**
 * Reads the command line.
 * @throws UsageError
 */
export function readOptions(args: readonly string[], facts: readonly Fact[], env: NodeJS.ProcessEnv): Options {
  const values = parsed(args);
  return {
    isHelp: values.help === true,
    target: targetOf(values),
    role: values.role ?? 'OrganizationAccountAccessRole',
    bucket: values.bucket ?? null,
    region: values.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1',
    profile: values.profile,
    facts: chosen(values.only, facts),
    out: values.out ?? null,
    isMasked: values.mask === true,
  };
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

function parsed(args: readonly string[]) {
  const named = { organization: text, member: text, role: text, bucket: text, region: text, profile: text };
  const about = { only: text, out: text };
  const flags = { 'i-may-break-this-organization': flag, mask: flag, help: flag };
  try {
    return parseArgs({ args: [...args], options: { ...named, ...about, ...flags } }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Both options or none: half of them is a mistake, not a wish for the plan. */
function targetOf(values: ReturnType<typeof parsed>): Options['target'] {
  const { organization, member, 'i-may-break-this-organization': mayBreak = false } = values;
  if (organization === undefined && !mayBreak) {
    return null;
  }
  if (organization === undefined || !mayBreak) {
    throw new UsageError('nothing is changed without both --organization and --i-may-break-this-organization');
  }
  if (member === undefined || !/^\d{12}$/.test(member)) {
    throw new UsageError(`--member must be the 12 digits of a member account, not ${member ?? 'absent'}`);
  }
  return { organization, member };
}

function chosen(only: string | undefined, facts: readonly Fact[]): readonly Fact[] {
  const ids = only?.split(',').map((id) => id.trim());
  const unknown = ids?.filter((id) => facts.every((fact) => fact.id !== id)) ?? [];
  if (unknown.length > 0) {
    throw new UsageError(`there is no fact ${unknown.join(', ')}; there are ${facts.map(({ id }) => id).join(', ')}`);
  }
  return ids === undefined ? facts : facts.filter(({ id }) => ids.includes(id));
}
