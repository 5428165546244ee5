import { answer, type Fact, NotChecked } from '../fact';
import { HISTORY_MINUTES, recordOf } from '../records';

/** At how many bytes records cut a message, by their documentation. */
const CUT = 1024;

export const encodedMessage: Fact = {
  id: 'encoded-message',
  stage: 'deployed',
  question: 'How does a record cut an encoded authorization message that is longer than 1 KB?',
  expected: `EC2 answers with a longer message than ${CUT} bytes; the record has its first ${CUT} bytes, without a mark, and the code \`Client.UnauthorizedOperation\`.`,
  calls:
    'Member account: iam:CreateRole, sts:AssumeRole, ec2:CreateVolume with `DryRun` (refused), cloudtrail:LookupEvents',
  changes: 'Role `trailmend-live-check-powerless` without rights',
  undo: 'The role is deleted at the end.',
  minutes: HISTORY_MINUTES,
  run: async (look) => {
    const { region } = look;
    const as = look.member;
    const powerless = await look.powerless(as);
    const at = look.now();
    const { code, message, requestId } = await look.aws.refusedVolume(powerless, region);
    if (bytes(message) <= CUT) {
      throw new NotChecked(`EC2 answered ${code} with ${bytes(message)} bytes, too short to be cut: ${message}`);
    }
    const call = { name: code, message, status: null, requestId, eventName: 'CreateVolume', as, region, at };
    const { errorCode, errorMessage = '' } = await recordOf(look, call);
    const isStart = message.startsWith(errorMessage);
    return answer(
      errorCode === 'Client.UnauthorizedOperation' && bytes(errorMessage) === CUT && isStart,
      `EC2's answer: ${bytes(message)} bytes, code ${code}; the record: ${bytes(errorMessage)} bytes, code ${errorCode}, ${isStart ? 'the beginning of the answer' : 'other text than the answer'}, ending in "${errorMessage.slice(-20)}"`,
    );
  },
};

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
