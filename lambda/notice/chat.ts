import type { Notice } from './notice';

/** Limits of the schema, in characters. */
const LIMITS = { title: 250, description: 8_000, nextStep: 350, keyword: 75 } as const;

/**
 * A notice as a custom notification of Amazon Q Developer in chat applications, for Slack and Microsoft Teams.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function chatForm({
  subject,
  text,
  nextStep,
  attributes,
  json,
}: Pick<Notice, 'subject' | 'text' | 'nextStep' | 'attributes' | 'json'>) {
  const incident = json.incidentKey ?? 'none';
  return {
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: cut(subject, LIMITS.title),
      // A code block, in which the chat shows names as they are and makes no links, mentions or formatting of them.
      description: `\`\`\`\n${cut(text.replaceAll('`', "'"), LIMITS.description - 8)}\n\`\`\``,
      nextSteps: [cut(unformatted(nextStep), LIMITS.nextStep)],
      keywords: Object.values(attributes).map((value) => cut(value, LIMITS.keyword)),
    },
    metadata: { threadId: incident, summary: cut(subject, LIMITS.title), enableCustomActions: true },
  };
}

/** Without the characters that format text, mention people or make links in Slack and Teams. */
function unformatted(text: string): string {
  return text.replaceAll(/[*_~`<>@[\]]/g, (mark) => (mark === '@' ? '(at)' : ' ')).replaceAll(/\s+/g, ' ');
}

function cut(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}
