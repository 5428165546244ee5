/**
 * The service-linked roles of CloudTrail, as data: which exist, where, and which operation needs which. The function's
 * IAM permission is derived from the same rows (`lib/responder-permissions.ts`).
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/using-service-linked-roles.html
 */

/** One service-linked role of CloudTrail. */
export type ServiceLinkedRole = {
  /** Role name; fixed by AWS. */
  readonly name: string;
  /** `AWSServiceName` that `iam:CreateServiceLinkedRole` takes for it. */
  readonly service: string;
};

type Row = ServiceLinkedRole & {
  /** Partitions in which AWS does not offer the role. */
  readonly absentIn: readonly string[];
  /** CloudTrail operations that need the role; `all` for every operation. */
  readonly neededBy: 'all' | readonly string[];
};

const ROWS: readonly Row[] = [
  { name: 'AWSServiceRoleForCloudTrail', service: 'cloudtrail.amazonaws.com', absentIn: [], neededBy: 'all' },
  {
    // Enriched events, which this role serves, are not offered in AWS GovCloud (US).
    name: 'AWSServiceRoleForCloudTrailEventContext',
    service: 'context.cloudtrail.amazonaws.com',
    absentIn: ['aws-us-gov'],
    // Registering a delegated administrator through CloudTrail creates both roles; event configuration uses both.
    neededBy: ['PutEventConfiguration', 'GetEventConfiguration', 'RegisterOrganizationDelegatedAdmin'],
  },
];

/** Every service-linked role of CloudTrail, whatever the partition. */
export const SERVICE_LINKED_ROLES: readonly ServiceLinkedRole[] = ROWS.map(({ name, service }) => ({ name, service }));

/** The roles that `operation` (CloudTrail's API name; null when unknown) needs in `partition`, in the order to create them. */
export function rolesNeededBy(operation: string | null, partition: string): ServiceLinkedRole[] {
  return ROWS.filter(
    ({ absentIn, neededBy }) =>
      !absentIn.includes(partition) && (neededBy === 'all' || (operation !== null && neededBy.includes(operation))),
  ).map(({ name, service }) => ({ name, service }));
}

/**
 * ARN of a service-linked role. `account` and `partition` may be deploy-time tokens.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export function roleArn(role: ServiceLinkedRole, partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:role/aws-service-role/${role.service}/${role.name}`;
}
