import type { Check, Look, Verdict } from '../check';
import { jsonWord, word } from '../commands';
import { each } from '../each';
import type { HealthEdges, SelectorsSeen, TrailSeen } from '../edges';
import type { Saw } from '../saw';
import { aboutHub, aboutPlace, failed, lookAt, ok } from '../verdict';
import { type Coverage, coverageOf, together } from './trail-coverage';

/** A trail that logs, and what it takes. */
type Logging = { readonly trail: TrailSeen; readonly selectors: SelectorsSeen };

/** What trails take, and what to run. */
type Taken = { readonly saw: Saw; readonly mend: readonly string[] };

/**
 * In every Region a trail logs management events, reads and writes, of every service that is heard: EventBridge gets only
 * what a logging trail takes. Trails may complete one another.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export const trail: Check = {
  id: 'trail',
  run: async (look) => {
    const { account } = aboutHub('trail', look).place;
    const regions = look.expectation?.regions ?? [look.here.region];
    return each(regions, (region) =>
      lookAt(aboutPlace('trail', { account, region }), () => verdictOf({ account, region }, look)),
    );
  },
};

async function verdictOf(place: Look['here'], { aws }: Look): Promise<Verdict> {
  const about = aboutPlace('trail', place);
  const { saw, mend } = await takenBy(await aws.trails(place.region), place.region, aws);
  return saw.kind === 'trail-logs' ? ok(about, saw) : failed(about, saw, mend);
}

/**
 * Whether trails take together all that is heard, and what to run if they do not.
 * @param region where a trail is to be created if there is none
 */
export async function takenBy(trails: readonly TrailSeen[], region: string, aws: HealthEdges): Promise<Taken> {
  if (trails.length === 0) {
    return { saw: { kind: 'no-trail' }, mend: createTrail(region) };
  }
  const states = await each(trails, async (trail) => ({ trail, isLogging: await aws.isLogging(trail) }));
  const logging = states.filter(({ isLogging }) => isLogging);
  if (logging.length === 0) {
    return { saw: { kind: 'trail-stopped', trails: trails.map(({ arn }) => arn) }, mend: trails.map(start) };
  }
  const taking = await each(logging, async ({ trail }) => ({ trail, selectors: await aws.selectors(trail) }));
  const arns = taking.map((each) => each.trail.arn);
  const { missing, excluded } = lacking(together(taking.map(({ selectors }) => coverageOf(selectors))));
  return missing.length === 0 && excluded.length === 0
    ? { saw: { kind: 'trail-logs', trails: arns }, mend: [] }
    : { saw: { kind: 'trail-narrow', trails: arns, missing, excluded }, mend: taking.slice(0, 1).map(widen) };
}

function lacking({ reads, writes }: Coverage) {
  const missing = [...(reads === null ? ['reads' as const] : []), ...(writes === null ? ['writes' as const] : [])];
  return { missing, excluded: [...new Set([...(reads ?? []), ...(writes ?? [])])] };
}

function createTrail(region: string): string[] {
  return [
    `aws cloudtrail create-trail --name <name> --s3-bucket-name <bucket> --is-organization-trail --is-multi-region-trail --region ${word(region)}`,
    `aws cloudtrail start-logging --name <name> --region ${word(region)}`,
  ];
}

function start({ arn, homeRegion }: TrailSeen): string {
  return `aws cloudtrail start-logging --name ${word(arn)} --region ${word(homeRegion)}`;
}

/** The command replaces all selectors of the trail, so it names those that stay. */
function widen({ trail: { arn, homeRegion }, selectors }: Logging): string {
  const { eventSelectors, advancedEventSelectors } = selectors;
  const option =
    advancedEventSelectors.length > 0
      ? `--advanced-event-selectors ${jsonWord(widerAdvanced(advancedEventSelectors))}`
      : `--event-selectors ${jsonWord(widerBasic(eventSelectors))}`;
  return `aws cloudtrail put-event-selectors --trail-name ${word(arn)} ${option} --region ${word(homeRegion)}`;
}

function widerBasic(selectors: SelectorsSeen['eventSelectors']): object[] {
  const data = selectors.filter(({ DataResources = [] }) => DataResources.length > 0);
  const others = data.map((selector) => ({ ...selector, IncludeManagementEvents: false }));
  return [{ ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] }, ...others];
}

function widerAdvanced(selectors: SelectorsSeen['advancedEventSelectors']): object[] {
  const others = selectors.filter(
    ({ FieldSelectors = [] }) =>
      !FieldSelectors.some(({ Field, Equals }) => Field === 'eventCategory' && String(Equals) === 'Management'),
  );
  const all = { Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] };
  return [all, ...others];
}
