import { arrivalOf, arrived } from '../arrival';
import { type Answer, answer, type Fact } from '../fact';
import type { Look } from '../look';
import { HISTORY_MINUTES } from '../records';
import { told } from '../refusal';
import { recordsOf, refusedCreation } from '../refused-creation';

const CODE = 'NoManagementAccountSLRExistsException';

const STAGE = { stage: 'role-missing', changes: '', undo: '' } as const;
const REFUSED = 'Member account: cloudtrail:CreateTrail for the organization (refused)';

/** What `CreateTrail` says, and what became of its record: facts about one call. */
export const exceptionFacts: readonly Fact[] = [
  {
    ...STAGE,
    id: 'exception',
    question: `What does ${CODE} say, by name, HTTP status and message?`,
    expected: `\`${CODE}\`, HTTP 403 by the SDK's model (400 by the API's page); no published message is known.`,
    calls: REFUSED,
    minutes: 1,
    run: async (look) => {
      const call = await refusedCreation(look);
      return answer(call.name === CODE, told(call));
    },
  },
  {
    ...STAGE,
    id: 'exception-places',
    question: 'In which accounts and Regions does its record land?',
    expected: `In the member account, in the Region called, with the code \`${CODE}\`; nowhere else but for a copy in the management account.`,
    calls: 'Both accounts: cloudtrail:LookupEvents, in the Region called and in `us-east-1`',
    minutes: HISTORY_MINUTES,
    run: placesSeen,
  },
  {
    ...STAGE,
    id: 'exception-copy',
    question: 'Does the management account get a copy of the record, with the same `sharedEventID`?',
    expected: 'It does not: event history of the management account shows no events of members.',
    calls: 'Both accounts: cloudtrail:LookupEvents',
    minutes: HISTORY_MINUTES,
    run: copySeen,
  },
  {
    ...STAGE,
    id: 'exception-in-hub',
    question: "Does its event reach the hub bus by EventBridge, from the member's default bus, and how soon?",
    expected: 'It does, as case `missing-service-linked-role` of the member account, within five minutes of the call.',
    calls: "Management account: dynamodb:Query and GetItem on Trailmend's table",
    minutes: HISTORY_MINUTES + 4,
    run: async (look) => {
      const [first] = await recordsOf(look);
      const arrival = await arrivalOf(look, first.record);
      const isExpected = arrival?.case === 'missing-service-linked-role' && arrival.account === look.member.account;
      return answer(isExpected && arrival.seconds <= 300, arrived(arrival));
    },
  },
];

async function placesSeen(look: Look): Promise<Answer> {
  const found = await recordsOf(look);
  const isExpected = found.every(({ region, record }) => region === look.region && record.errorCode === CODE);
  const places = found.map(
    ({ as, region, record, seconds }) => `${as.name}, ${region}, code ${record.errorCode}, shown after ${seconds} s`,
  );
  return answer(isExpected && found.some(({ as }) => as === look.member), places.join('; '));
}

async function copySeen(look: Look): Promise<Answer> {
  const found = await recordsOf(look);
  const copy = found.find(({ as }) => as === look.management);
  const ids = found.map(({ as, record }) => `${as.name}: sharedEventID ${record.sharedEventID ?? 'absent'}`);
  return answer(
    copy === undefined,
    `${copy === undefined ? 'no copy' : 'a copy'} in the management account; ${ids.join('; ')}`,
  );
}
