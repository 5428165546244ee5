import { z } from 'zod';
import { REGIONS } from './partitions';

/** Section of the docs about what is heard. */
const HEARD = 'operations.md#what-is-heard';

const region = z.enum(REGIONS as [string, ...string[]]);

const different = (list: readonly string[]) => new Set(list).size === list.length;

const accounts = z
  .array(z.string().regex(/^\d{12}$/))
  .min(1)
  .refine(different);

/** The settings that say which accounts and Regions are heard. */
export const REACH_SETTINGS = {
  homeRegion: region
    .optional()
    .describe(
      'a Region that the installed aws-cdk-lib knows, such as us-east-1; required with regions or organizationalUnits',
    )
    .meta({
      meaning: 'Region of the hub. Without it the hub goes where the credentials point, and only that Region is heard.',
      more: HEARD,
    }),
  regions: z
    .array(region)
    .refine(different)
    .default([])
    .describe(
      'a list of different Regions that the installed aws-cdk-lib knows, without homeRegion, separated by commas when given with -c',
    )
    .meta({
      meaning: 'Regions that are heard besides the home Region, in the management account and in members.',
      more: HEARD,
    }),
  organizationalUnits: z
    .array(z.string().regex(/^(?:r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/))
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html
    .max(50)
    .refine(different)
    .default([])
    .describe(
      'a list of at most 50 different ids of organizational units (ou-...), or of the root alone (r-...), separated by commas when given with -c',
    )
    .meta({
      meaning:
        'Whose accounts are heard, those of the units inside included. With the root, every member of the organization.',
      more: HEARD,
    }),
  autoDeployment: z.boolean().default(true).describe('true or false').meta({
    meaning:
      'Whether accounts that join the organizational units get their forwarders by themselves, and accounts that leave lose them.',
    more: HEARD,
  }),
  accountFilter: z
    .strictObject({ include: accounts.optional(), exclude: accounts.optional() })
    .refine(({ include, exclude }) => (include === undefined) !== (exclude === undefined))
    .optional()
    .describe(
      'an object with either include or exclude, a list of different account ids of 12 digits; with -c it is JSON',
    )
    .meta({
      meaning: 'Only these accounts of the organizational units, or all but these. Takes `autoDeployment` `false`.',
      more: HEARD,
    }),
};
