import { classify } from '../../lambda/classify';
import { parseBareMessage } from '../../lambda/denial/parse-bare-message';
import { parseEvent } from '../../lambda/denial/parse-event';
import { explain } from '../../lambda/explain/explain';
import type { NoticeSubject } from '../../lambda/notice/notice';
import { event } from './events';
import { message } from './messages';
import { randomOf } from './random';

/** Something to push through Trailmend: a text is read as a bare message, anything else as an event. */
export type Input = unknown;

const ORGANIZATION = { managementAccount: '111122223333', responderRole: 'arn:aws:iam::333344445555:role/Deployer' };

/** The input of run `index` under `seed`. */
export function inputOf(seed: number, index: number): Input {
  const random = randomOf(seed, index);
  return random.once(2) ? message(random) : event(random);
}

/** What Trailmend made of an input: `concluded` is null when it is no denial, `thrown` when nothing was thrown. */
export type Attempt = { readonly concluded: Concluded | null; readonly thrown: string | null };

type Concluded = { readonly subject: NoticeSubject; readonly result: ReturnType<typeof explain> };

/** Reads, classifies and explains an input. */
export function attempt(input: Input): Attempt {
  try {
    return { concluded: conclude(input), thrown: null };
  } catch (error) {
    return { concluded: null, thrown: tell(error) };
  }
}

/** What went wrong with an attempt, in words; each of `checks` looks at what it concluded. */
export function problemsOf({ concluded, thrown }: Attempt, ...checks: ((of: Concluded) => string[])[]): string[] {
  try {
    return thrown === null ? checks.flatMap((check) => (concluded === null ? [] : check(concluded))) : [thrown];
  } catch (error) {
    return [tell(error)];
  }
}

function tell(error: unknown): string {
  return error instanceof Error ? String(error.stack).split('\n').slice(0, 2).join('') : String(error);
}

function conclude(input: Input): Concluded | null {
  const read = typeof input === 'string' ? parseBareMessage(input) : parseEvent(input, ORGANIZATION.managementAccount);
  const finding = classify(read, ORGANIZATION);
  const { denial } = finding;
  if (denial === null) {
    return null;
  }
  const subject = { finding: { ...finding, denial }, remediation: null, accountName: 'Payments\nNext step  none' };
  return { subject, result: explain(finding.case, denial) };
}

/** The promises of an explanation that an input broke, in words. */
export function brokenByExplanation({ subject, result }: Concluded): string[] {
  const { explanation, fix } = result;
  const { allowStatement, policies } = fix;
  const documents = JSON.stringify([allowStatement, policies]);
  const { policyArn, effect, evidence } = explanation;
  return [
    ...(allowStatement !== null && effect === 'explicit-deny' ? ['an Allow against an explicit deny'] : []),
    ...(allowStatement?.Action === 'iam:PassRole' && !documents.includes('iam:PassedToService')
      ? ['any PassRole']
      : []),
    ...(/[^\w+=,.@/:*\-"[\]{}]/.test(documents) ? ['text of the event in a policy'] : []),
    ...(policyArn !== null && !/^arn:aws[a-z-]*:[\w+=,.@/:-]+$/.test(policyArn) ? ['a policy ARN that is none'] : []),
    ...(evidence === 'stated' && subject.finding.denial.message === null ? ['a reason that nobody stated'] : []),
  ];
}
