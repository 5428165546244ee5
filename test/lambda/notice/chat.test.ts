import { classify } from '../../../lambda/classify';
import { parseBareMessage } from '../../../lambda/denial/parse-bare-message';
import { chatForm } from '../../../lambda/notice/chat';
import { renderNotice } from '../../../lambda/notice/notice';
import { ja } from '../../../lambda/texts/ja';

function chatOf(user: string) {
  const message = `User: arn:aws:iam::111122223333:user/${user} is not authorized to perform: cloudtrail:StopLogging`;
  const { denial, ...finding } = classify(parseBareMessage(message), { managementAccount: null, responderRole: null });
  if (denial === null) {
    throw new Error('the message is a denial');
  }
  return chatForm(renderNotice({ finding: { ...finding, denial }, remediation: null, accountName: null }, ja));
}

test('has what the schema requires, and threads by incident', () => {
  const { version, source, content, metadata } = chatOf('mateo');

  expect({ version, source, textType: content.textType }).toEqual({
    version: '1.0',
    source: 'custom',
    textType: 'client-markdown',
  });
  expect(content.description).toContain('cloudtrail:StopLogging');
  expect(content.keywords).toContain('cloudtrail-action-denied');
  expect(metadata.threadId).toMatch(/^[0-9a-f]{12}$/);
});

test('stays within the limits of the schema', () => {
  const { content, metadata } = chatOf('m'.repeat(9_000));

  expect(content.title.length).toBeLessThanOrEqual(250);
  expect(content.description.length).toBeLessThanOrEqual(8_000);
  expect(content.nextSteps.every((step) => step.length <= 350)).toBe(true);
  expect(content.keywords.every((keyword) => keyword.length <= 75)).toBe(true);
  expect(metadata.summary.length).toBeLessThanOrEqual(250);
});

test('mentions nobody, links nowhere and formats nothing that a name asks for', () => {
  const { content } = chatOf('`@here`*<https://evil.example|x>*');

  expect(content.nextSteps.join()).not.toMatch(/[@`*<>]|:\/\//);
  expect(content.description.slice(3, -3)).not.toContain('`');
  expect(content.title).not.toMatch(/:\/\//);
});
