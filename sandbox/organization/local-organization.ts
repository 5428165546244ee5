import { DELEGATED_ADMINISTRATOR, HUB } from './accounts';

/** A role that a service owns. Times in milliseconds since 1970. */
export type LocalRole = {
  readonly name: string;
  readonly arn: string;
  readonly service: string;
  readonly createdAt: number;
};

/** A trail, as far as it matters here. */
export type LocalTrail = {
  readonly name: string;
  readonly arn: string;
  readonly bucket: string;
  readonly isOrganizationTrail: boolean;
};

/** The organization before anything happens: trusted access is on, an administrator is delegated, no role exists. */
export class LocalOrganization {
  /** Services that Organizations trusts. */
  readonly trustedServices = new Set(['cloudtrail.amazonaws.com', 'sso.amazonaws.com']);
  /** Accounts that CloudTrail is delegated to. */
  readonly delegatedAdministrators = new Set([DELEGATED_ADMINISTRATOR]);
  /** Service-linked roles of the management account, by name. */
  readonly roles = new Map<string, LocalRole>();
  /** Trails of every account, by ARN. One exists, since without a logging trail EventBridge would hear nothing. */
  readonly trails = new Map<string, LocalTrail>();

  constructor() {
    this.addTrail({ name: 'audit', account: HUB.account, region: HUB.region, bucket: 'example-audit-logs' });
  }

  /** Adds a trail and answers it. An organization's trail belongs to the management account, whoever creates it. */
  addTrail(trail: {
    name: string;
    account: string;
    region: string;
    bucket: string;
    ofOrganization?: boolean;
  }): LocalTrail {
    const arn = trailArn(trail.ofOrganization ? HUB.account : trail.account, trail.region, trail.name);
    const added = { name: trail.name, arn, bucket: trail.bucket, isOrganizationTrail: trail.ofOrganization ?? false };
    this.trails.set(arn, added);
    return added;
  }
}

/** ARN of the trail `name`. */
export function trailArn(account: string, region: string, name: string): string {
  return `arn:${HUB.partition}:cloudtrail:${region}:${account}:trail/${name}`;
}
