import { ALL_MANAGEMENT_EVENTS, type LocalTrail, logs } from '../cloudtrail/trail';
import type { Envelope } from '../eventbridge/envelope';
import { ACCOUNTS, accountName, DELEGATED_ADMINISTRATOR, HUB, MEMBERS, REGIONS } from './accounts';
import type { Place } from './place';

/** A role that a service owns. Times in milliseconds since 1970. */
export type LocalRole = {
  readonly name: string;
  readonly arn: string;
  readonly service: string;
  readonly createdAt: number;
};

/** Accounts and Regions that an organization has besides the usual ones. */
export type Additions = { readonly accounts: readonly string[]; readonly regions: readonly string[] };

const NOTHING: Additions = { accounts: [], regions: [] };

/** The organization before anything happens: trusted access is on, an administrator is delegated, no role exists. */
export class LocalOrganization {
  /** Services that Organizations trusts. */
  readonly trustedServices = new Set([
    'cloudtrail.amazonaws.com',
    'member.org.stacksets.cloudformation.amazonaws.com',
    'sso.amazonaws.com',
  ]);
  /** Accounts that CloudTrail is delegated to. */
  readonly delegatedAdministrators = new Set([DELEGATED_ADMINISTRATOR]);
  /** Service-linked roles of the management account, by name. */
  readonly roles = new Map<string, LocalRole>();
  /** Trails of every account, by ARN. Each has one, since without a logging trail EventBridge would hear nothing. */
  readonly trails = new Map<string, LocalTrail>();
  /** Every account but the management account. */
  readonly members: readonly string[];
  /** Every Region that is used, the home Region first. */
  readonly regions: readonly string[];

  constructor({ accounts, regions }: Additions = NOTHING) {
    const added = accounts.filter((account) => !(account in ACCOUNTS) && !MEMBERS.includes(account));
    this.members = [...MEMBERS, ...new Set(added)];
    this.regions = [...new Set([...REGIONS, ...regions])];
    for (const account of this.accounts) {
      this.addTrail({ name: 'audit', account, region: HUB.region, bucket: 'example-audit-logs' });
    }
  }

  /** Every account, the management account first. */
  get accounts(): string[] {
    return [HUB.account, ...this.members];
  }

  /** The name of an account; undefined when it is none of the organization's. */
  nameOf(account: string): string | undefined {
    return accountName(account) ?? (this.members.includes(account) ? `Account ${account}` : undefined);
  }

  /**
   * Where CloudTrail records an event and its service emits it. An account or Region that the organization does not have
   * cannot be heard anywhere: such an event, which somebody made up or mutilated, enters at home.
   */
  placeOf({ account, region }: Place): Place {
    const isKnown = this.regions.includes(region) && (account === HUB.account || this.members.includes(account));
    return isKnown ? { account, region } : HUB;
  }

  /** Whether a trail logs an event. Only then does CloudTrail hand it to EventBridge. */
  isLogged(envelope: Envelope): boolean {
    const place = this.placeOf(envelope);
    for (const trail of this.trails.values()) if (logs(trail, place, envelope)) return true;
    return false;
  }

  /** Adds a trail and answers it. An organization's trail belongs to the management account, whoever creates it. */
  addTrail(trail: {
    name: string;
    account: string;
    region: string;
    bucket: string;
    ofOrganization?: boolean;
    isMultiRegion?: boolean;
  }): LocalTrail {
    const { name, bucket, ofOrganization = false, isMultiRegion = true } = trail;
    const arn = trailArn(ofOrganization ? HUB.account : trail.account, trail.region, name);
    const state = { isLogging: true, isMultiRegion, selectors: ALL_MANAGEMENT_EVENTS };
    const added = { name, arn, bucket, isOrganizationTrail: ofOrganization, ...state };
    this.trails.set(arn, added);
    return added;
  }
}

/** ARN of the trail `name`. */
export function trailArn(account: string, region: string, name: string): string {
  return `arn:${HUB.partition}:cloudtrail:${region}:${account}:trail/${name}`;
}
