import type { LocalTrail } from '../cloudtrail/trail';
import { accountOf, placeOf } from '../organization/place';
import { createTrail, describeTrail, permissionsToCreate } from './create-trail';
import { lookupEvents } from './lookup-events';
import { namedTrail, trailArnIn } from './named-trail';
import type { Call, Permission, Service, World } from './operation';

/** CloudTrail: trails, what they log, and the history of events. */
export const cloudtrail: Service = {
  protocol: 'json',
  denialCode: 'AccessDeniedException',
  operations: {
    CreateTrail: { permissions: permissionsToCreate, perform: createTrail },
    DescribeTrails: {
      permissions: () => [{ action: 'cloudtrail:DescribeTrails', resource: '*' }],
      perform: (call, world) => ({
        trailList: visibleTrails(call, world).map((trail) => ({
          ...describeTrail(trail),
          HomeRegion: placeOf(trail.arn).region,
          HasCustomEventSelectors: true,
        })),
      }),
    },
    GetTrailStatus: {
      permissions: (call, world) => [onTrail(call, world, 'Name')],
      perform: (call, world) => ({ IsLogging: namedTrail(call, world).isLogging }),
    },
    GetEventSelectors: {
      permissions: (call, world) => [onTrail(call, world, 'TrailName')],
      perform: (call, world) => describeSelectors(namedTrail(call, world, 'TrailName')),
    },
    LookupEvents: {
      permissions: () => [{ action: 'cloudtrail:LookupEvents', resource: '*' }],
      perform: lookupEvents,
    },
  },
};

/** An organization's trail is in the management account, but each account sees it as if it were its own. */
function onTrail(call: Call, { organization }: World, parameter: string): Permission {
  const resource = trailArnIn(call, parameter);
  const isShared = organization.trails.get(resource)?.isOrganizationTrail === true;
  const account = isShared ? call.caller.account : accountOf(resource);
  return { action: `cloudtrail:${call.operation}`, resource, guard: { account } };
}

/** Trails of this Region; and unless told otherwise the shadows of those that reach here from another one. */
function visibleTrails(call: Call, { organization }: World): LocalTrail[] {
  const names: readonly unknown[] = Array.isArray(call.input.trailNameList) ? call.input.trailNameList : [];
  const hasShadows = call.input.includeShadowTrails !== false;
  return [...organization.trails.values()].filter((trail) => {
    const { account, region } = placeOf(trail.arn);
    const isOwn = trail.isOrganizationTrail || account === call.caller.account;
    const isHere = region === call.region || (trail.isMultiRegion && hasShadows);
    return isOwn && isHere && (names.length === 0 || names.includes(trail.name) || names.includes(trail.arn));
  });
}

function describeSelectors({ arn, selectors }: LocalTrail) {
  if ('advanced' in selectors) return { TrailARN: arn, AdvancedEventSelectors: selectors.advanced };
  return { TrailARN: arn, EventSelectors: selectors.classic.map((each) => ({ ...each, DataResources: [] })) };
}
