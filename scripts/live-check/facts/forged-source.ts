import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { answer, type Fact } from '../fact';
import { deploymentOf } from '../look';

export const forgedSource: Fact = {
  id: 'forged-source',
  stage: 'deployed',
  question:
    'Can a member account put an event with source `aws.cloudtrail` on the hub bus? The rules rest on it that it cannot.',
  expected: '`PutEvents` refuses the entry with `NotAuthorizedForSourceException`.',
  calls: 'Member account: events:PutEvents on the hub bus',
  changes: '',
  undo: '',
  minutes: 1,
  run: async (look) => {
    const { busArn } = deploymentOf(look);
    const entry = {
      EventBusName: busArn,
      Source: 'aws.cloudtrail',
      DetailType: 'AWS API Call via CloudTrail',
      // No error code, so that no rule takes it should it get through.
      Detail: JSON.stringify({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'TrailmendLiveCheck' }),
    };
    const client = look.aws.client(EventBridgeClient, look.member, look.region);
    const { Entries: [result] = [] } = await client.send(new PutEventsCommand({ Entries: [entry] }));
    const { ErrorCode, ErrorMessage, EventId } = result ?? {};
    return answer(
      ErrorCode === 'NotAuthorizedForSourceException',
      ErrorCode === undefined ? `taken, as event ${EventId}` : `${ErrorCode}: ${ErrorMessage}`,
    );
  },
};
