import { NotChecked } from './fact';
import { bringRole, deleteRole } from './linked-role';
import type { Look } from './look';
import { delegateToMember, trustCloudTrail } from './organization';
import { bringMemberTrail, bringOrganizationTrail, requireNoOrganizationTrail } from './trails';

/** How long AWS gets to know of new trails and of a delegation before they are relied on. */
const SETTLING_SECONDS = 90;

export type StageId = 'deployed' | 'role-missing' | 'organization-trail';

/** A state of the organization in which facts are looked at. Its texts are Markdown. */
export type Stage = {
  readonly id: StageId;
  readonly title: string;
  /** What of the accounts is changed to get there; empty when nothing is. */
  readonly changes: readonly string[];
  readonly undo: string;
  readonly prepare: (look: Look) => Promise<void>;
  /** Whether its facts must have been seen before the next stage may begin. */
  readonly isAwaited: boolean;
};

/** The stages, in their order. */
export const STAGES: readonly Stage[] = [
  {
    id: 'deployed',
    title: 'As it is deployed',
    changes: [],
    undo: '',
    prepare: async () => {},
    isAwaited: false,
  },
  {
    id: 'role-missing',
    title: 'The service-linked role is missing',
    changes: [
      'Member account: trail `trailmend-live-check` over all Regions, where no trail of its own logs',
      'Management account: trusted access for CloudTrail, where it is off',
      'Management account: deletes `AWSServiceRoleForCloudTrail`, where it is',
      'Management account: the member account becomes delegated administrator of CloudTrail through Organizations, where it is not',
    ],
    undo: 'All of it at the end, in reverse order; the trail and the missing role before the next stage.',
    prepare: missTheRole,
    isAwaited: true,
  },
  {
    id: 'organization-trail',
    title: 'An organization trail alone',
    changes: [
      'Management account: `AWSServiceRoleForCloudTrail` is there again',
      'Management account: organization trail `trailmend-live-check-organization` over all Regions',
    ],
    undo: 'The trail is deleted at the end; the role too, where it was not there before the run.',
    prepare: async (look) => {
      await bringRole(look);
      await bringOrganizationTrail(look);
      await look.waits.pass(SETTLING_SECONDS, 'the organization trail reaches the member account and begins to log');
    },
    isAwaited: true,
  },
];

async function missTheRole(look: Look): Promise<void> {
  if (look.deployment?.remediation === 'auto') {
    throw new NotChecked('Trailmend is deployed in `auto` and would create the role: deploy it in `observe`');
  }
  await requireNoOrganizationTrail(look);
  await bringMemberTrail(look);
  await deleteRole(look);
  await trustCloudTrail(look);
  await delegateToMember(look);
  await look.waits.pass(SETTLING_SECONDS, 'trail and delegation settle');
}
