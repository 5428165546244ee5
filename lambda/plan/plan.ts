import type { ServiceLinkedRole } from './service-linked-roles';

/** What Trailmend means to do about a finding, always with the reason that administrators read. */
export type Plan =
  | {
      readonly kind: 'create-service-linked-role';
      readonly reason: string;
      /** Roles to ensure in the management account: created where absent. */
      readonly roles: readonly ServiceLinkedRole[];
    }
  | { readonly kind: 'notify'; readonly reason: string }
  | { readonly kind: 'ignore'; readonly reason: string };

/** The kinds of {@link Plan}. */
export type PlanKind = Plan['kind'];
