import { DELEGATED_ADMINISTRATOR, HUB } from '../../sandbox/organization/accounts';
import type { Identity } from '../../sandbox/organization/identity';
import { LiveAws } from '../../scripts/live-check/aws';
import { Changes } from '../../scripts/live-check/changes';
import { FACTS } from '../../scripts/live-check/facts';
import { createRole } from '../../scripts/live-check/linked-role';
import { type Look, onceByKey } from '../../scripts/live-check/look';
import { type Outcome, runFacts } from '../../scripts/live-check/run-facts';
import { STAGES } from '../../scripts/live-check/stages';
import { Waits } from '../../scripts/live-check/waits';
import { admin, delegate, nobody, openLocalAws, ROLE } from '../sandbox/local-aws';

const { open, settings } = openLocalAws();
const before = process.env.AWS_ENDPOINT_URL;
afterEach(() => {
  if (before === undefined) {
    delete process.env.AWS_ENDPOINT_URL;
  } else {
    process.env.AWS_ENDPOINT_URL = before;
  }
});

/** Opens the sandbox and finds it as a run finds AWS: by `AWS_ENDPOINT_URL` and credentials. */
async function lookAtSandbox(): Promise<Look> {
  await open();
  const callerOf = (who: Identity, account: string, name: string) => {
    const { endpoint, credentials } = settings(who);
    process.env.AWS_ENDPOINT_URL = endpoint;
    return { account, name, credentials };
  };
  const { signal } = new AbortController();
  const clock = { now: Date.now, pause: async () => {} };
  const powerless = callerOf(nobody, HUB.account, 'nobody');
  return {
    aws: new LiveAws(),
    partition: 'aws',
    management: callerOf(admin, HUB.account, 'management account'),
    member: callerOf(delegate, DELEGATED_ADMINISTRATOR, 'member account'),
    region: 'us-east-1',
    deployment: null,
    bucket: 'logs',
    changes: new Changes(() => {}, signal),
    waits: new Waits(clock, () => {}, signal),
    now: clock.now,
    powerless: async () => powerless,
    once: onceByKey(),
    keep: () => {},
  };
}

/** Looks at facts without getting the organization into the state that they need. */
function lookAt(ids: readonly string[], look: Look): Promise<Outcome> {
  const facts = FACTS.filter(({ id }) => ids.includes(id));
  const stages = STAGES.map((stage) => ({ ...stage, prepare: async () => {} }));
  return runFacts(facts, stages, look, () => {});
}

const seenIn = ({ results }: Outcome) => results.map(({ fact, verdict, seen }) => `${fact.id}: ${verdict}: ${seen}`);

describe('through the SDK, in the sandbox', () => {
  test('a role without rights is refused a look at an absent trail, and CreateTrail misses the role', async () => {
    const outcome = await lookAt(['absent-trail', 'exception'], await lookAtSandbox());

    expect(seenIn(outcome)).toEqual([
      expect.stringMatching(
        /^absent-trail: as expected: AccessDeniedException \(HTTP 403\): User: .* is not authorized/,
      ),
      expect.stringMatching(
        /^exception: as expected: NoManagementAccountSLRExistsException \(HTTP 403\): This exception/,
      ),
    ]);
    expect(outcome.left).toEqual([]);
  });

  test('IAM says that a role is taken', async () => {
    const look = await lookAtSandbox();
    await createRole(look);

    expect(seenIn(await lookAt(['role-taken'], look))).toEqual([
      `role-taken: as expected: InvalidInputException (HTTP 400): Service role name ${ROLE} has been taken in this account, please try a different suffix.`,
    ]);
  });
});
