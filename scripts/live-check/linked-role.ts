import {
  CreateServiceLinkedRoleCommand,
  DeleteServiceLinkedRoleCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  type GetServiceLinkedRoleDeletionStatusResponse,
  IAMClient,
} from '@aws-sdk/client-iam';
import { unlessGone } from './changes';
import { NotChecked } from './fact';
import type { Look } from './look';

/** The role that CloudTrail misses. */
const ROLE = 'AWSServiceRoleForCloudTrail';

/** The service that it is for. */
export const SERVICE = 'cloudtrail.amazonaws.com';

/** What the absence of the role is called among the changes. */
const DELETED = `service-linked role ${ROLE} deleted in the management account`;

const CREATE = `aws iam create-service-linked-role --aws-service-name ${SERVICE}`;
const DELETE = `aws iam delete-service-linked-role --role-name ${ROLE}`;

/** Whether IAM shows the role. */
export async function hasRole(look: Look): Promise<boolean> {
  const found = await iamOf(look)
    .send(new GetRoleCommand({ RoleName: ROLE }))
    .catch(nullIfAbsent);
  return found !== null;
}

/** Deletes the role where it is; IAM takes its time. */
export async function deleteRole(look: Look): Promise<void> {
  if (await hasRole(look)) {
    await look.changes.make({
      what: DELETED,
      byHand: CREATE,
      make: () => deleteAndWait(look),
      undo: () => createRole(look).catch(unlessTaken),
    });
  }
}

/** Brings the role back where this run has deleted it, else creates it. */
export async function bringRole(look: Look): Promise<void> {
  if (!(await look.changes.undo(DELETED)) && !(await hasRole(look))) {
    await look.changes.make({
      what: `service-linked role ${ROLE} in the management account`,
      byHand: DELETE,
      make: () => createRole(look),
      undo: () => unlessGone(undoCreation(look)),
    });
  }
}

/** Creates the role, as Trailmend does. */
export function createRole(look: Look): Promise<unknown> {
  return iamOf(look).send(new CreateServiceLinkedRoleCommand({ AWSServiceName: SERVICE }));
}

async function deleteAndWait(look: Look): Promise<void> {
  const task = await beginDeletion(look);
  requireSuccess(await look.waits.until(`${ROLE} to be deleted`, 3, () => endOf(look, task)));
}

async function undoCreation(look: Look): Promise<void> {
  const task = await beginDeletion(look);
  requireSuccess(await look.waits.whileUndoing(() => endOf(look, task)));
}

async function beginDeletion(look: Look): Promise<string | undefined> {
  const { DeletionTaskId } = await iamOf(look).send(new DeleteServiceLinkedRoleCommand({ RoleName: ROLE }));
  return DeletionTaskId;
}

/** How the deletion ended; null while it goes on. */
async function endOf(look: Look, DeletionTaskId: string | undefined) {
  const answer = await iamOf(look).send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
  return answer.Status === 'IN_PROGRESS' || answer.Status === 'NOT_STARTED' ? null : answer;
}

function requireSuccess(end: GetServiceLinkedRoleDeletionStatusResponse | null): void {
  if (end?.Status !== 'SUCCEEDED') {
    const reason = end?.Reason?.Reason ?? 'it takes too long';
    throw new NotChecked(`${ROLE} could not be deleted (is there an organization trail?): ${reason}`);
  }
}

function iamOf({ aws, management, region }: Look): IAMClient {
  return aws.client(IAMClient, management, region);
}

function nullIfAbsent(error: Error): null {
  if (!error.name.startsWith('NoSuchEntity')) {
    throw error;
  }
  return null;
}

function unlessTaken(error: Error): void {
  if (!error.message.includes('has been taken in this account')) {
    throw error;
  }
}
