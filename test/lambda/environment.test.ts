import { readEnvironment } from '../../lambda/environment';

const GOOD = {
  TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:notices',
  REMEDIATION: 'observe',
  RESPONDER_ROLE_ARN: 'arn:aws:iam::111122223333:role/Responder',
  PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/Probe',
  CANARY_ROLE_ARN: 'arn:aws:iam::111122223333:role/Canary',
  LOCALE: 'ja',
  MAX_RECEIVE_COUNT: '6',
  TABLE_NAME: 'incidents',
  IMMEDIATE: 'medium',
  GATHER_SECONDS: '60',
  WINDOW_MINUTES: '60',
  DIGEST_HOUR_UTC: '7',
  NOTICE_CAP: '20',
  RECORD_DAYS: '365',
  SUPPRESSIONS: '[]',
};

test('reads what the stack writes; a chat topic may be absent', () => {
  expect(readEnvironment(GOOD)).toEqual({ ...GOOD, CHAT_TOPIC_ARN: '' });
});

test('names every variable that is missing or unusable at once', () => {
  const variables = {
    ...GOOD,
    TOPIC_ARN: '',
    REMEDIATION: 'maybe',
    LOCALE: 'fr',
    MAX_RECEIVE_COUNT: 'six',
    IMMEDIATE: 'now',
  };

  expect(() => readEnvironment(variables)).toThrow(
    'TOPIC_ARN is not set; REMEDIATION is "maybe", not "auto" or "observe"; LOCALE is "fr", not one of en, ja; IMMEDIATE is "now", not "high", "medium" or "low"; MAX_RECEIVE_COUNT is "six", not a whole number from 1',
  );
});
