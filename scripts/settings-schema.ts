import { z } from 'zod';
import { SETTINGS } from '../lib/settings';

/** What settings need beside themselves; the rest of what they have wrong together only the synthesis finds. */
const DEPENDENCIES = {
  regions: ['homeRegion'],
  organizationalUnits: ['homeRegion', 'organizationId'],
  accountFilter: ['organizationalUnits', 'autoDeployment'],
};

/** The JSON schema of the settings, for editors and checks of configuration. */
export function settingsSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(SETTINGS, { io: 'input', target: 'draft-7', override: describe });
  return {
    $schema,
    $id: 'trailmend.settings/1',
    title: 'Trailmend settings',
    description:
      'What stands in cdk.json under context.trailmend. The synthesis checks more: what settings have wrong together.',
    ...schema,
    dependencies: DEPENDENCIES,
  };
}

/** One description of what a setting is for and what is allowed, in place of the two that `lib/settings.ts` keeps apart. */
function describe({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { meaning, description } = jsonSchema;
  delete jsonSchema.meaning;
  delete jsonSchema.more;
  if (typeof meaning === 'string') {
    jsonSchema.description = `${meaning} Allowed: ${description}.`;
  }
}
