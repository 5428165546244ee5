import type { Asking } from '../../sandbox/endpoint/faults';

type Attribute = { readonly S?: string };
type Attributes = Readonly<Record<string, Attribute>>;

/**
 * What a call is for: its operation and, in the database, the kind of item it concerns and what of it. Calls for the same
 * thing have the same name, whatever event or incident they are about. `isThere`: what IAM is asked for exists.
 */
export function stepOf({ service, operation, input }: Asking, isThere: boolean): string {
  const name = `${service}:${operation}`;
  const { Key, Item, UpdateExpression, IndexName } = input as {
    readonly Key?: Attributes;
    readonly Item?: Attributes;
    readonly UpdateExpression?: string;
    readonly IndexName?: string;
  };
  if (service === 'sns') return `${name} ${kindOfNotice(input)}`;
  if (service !== 'dynamodb') return isThere ? `${name} of one that exists` : name;
  if (operation === 'Query') return `${name} ${IndexName ?? 'events of an incident'}`;
  const [type, notice] = (Key ?? Item)?.sk?.S?.split('#') ?? [];
  const kind = type === 'notice' ? `${type} ${notice}` : type;
  const detail = Item ? (Item.dueFor?.S ?? '') : (/(?:SET|REMOVE) #(\w+)/.exec(UpdateExpression ?? '')?.[1] ?? '');
  return [name, kind, detail].filter(Boolean).join(' ');
}

/** Whether a call sends a notice. */
export const isPublish = (step: string) => step.startsWith('sns:Publish');

/** Whether a call notes that a notice was sent. */
export const isMark = (step: string) => /^dynamodb:UpdateItem notice \S+ sentAt$/.test(step);

/** Whether a message is about one event or incident, or is a digest of many, and why. */
function kindOfNotice({ Message }: Asking['input']): string {
  const { sqs = '{}' } = Object(JSON.parse(String(Message)));
  return String(Object(JSON.parse(sqs)).kind ?? 'for chat');
}
