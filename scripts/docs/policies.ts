import { plain, type Resource } from '../../test/lib/hub-template';

/** One statement of a policy, in readable form. */
export type Statement = {
  /** Without what CDK adds to it; null when it has none. */
  readonly sid: string | null;
  readonly effect: string;
  /** Empty in the policy of a role. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `key operator value`, one a line; empty when there is none. */
  readonly condition: string;
};

/** The statements of one role or resource, which `holder` names by its id. */
export type Policy = { readonly holder: string; readonly statements: readonly Statement[] };

type Json = Readonly<Record<string, unknown>>;

/** What a policy of each type is for: the ids that it names as its holders, and its document. */
const PLACES: Readonly<Record<string, (id: string, properties: Json) => [holders: unknown, document: unknown]>> = {
  'AWS::IAM::Policy': (_id, { Roles, PolicyDocument }) => [Roles, PolicyDocument],
  'AWS::SQS::QueuePolicy': (_id, { Queues, PolicyDocument }) => [Queues, PolicyDocument],
  'AWS::SNS::TopicPolicy': (_id, { Topics, PolicyDocument }) => [Topics, PolicyDocument],
  'AWS::Events::EventBusPolicy': (_id, { EventBusName, Statement }) => [[EventBusName], { Statement: [Statement] }],
  'AWS::Lambda::Permission': (_id, { FunctionName, Principal, Action, SourceArn }) => [
    [FunctionName],
    {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: Principal },
          Action,
          Resource: FunctionName,
          Condition: { ArnEquals: { 'aws:SourceArn': SourceArn } },
        },
      ],
    },
  ],
  'AWS::KMS::Key': (id, { KeyPolicy }) => [[{ Ref: id }], KeyPolicy],
};

/**
 * Every policy of a template: what roles may do, and what resources let others do.
 * @throws Error for rights in a place that is not known here, so that none goes unseen
 */
export function policiesOf(resources: Readonly<Record<string, Resource>>): Policy[] {
  const policies = new Map<string, readonly Statement[]>();
  for (const { holder, statements } of everyPolicy(resources)) {
    policies.set(holder, [...(policies.get(holder) ?? []), ...statements]);
  }
  return [...policies].map(([holder, statements]) => ({ holder, statements }));
}

function everyPolicy(resources: Readonly<Record<string, Resource>>): Policy[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
    const place = PLACES[Type];
    if (place) {
      const [holders, document] = place(id, Properties);
      return (holders as unknown[]).map((holder) => ({ holder: idOf(holder), statements: statementsOf(document) }));
    }
    const unseen = ['Policies', 'ManagedPolicyArns', 'PolicyDocument', 'ResourcePolicy', 'PolicyText'];
    if (unseen.some((name) => name in Properties)) {
      throw new Error(
        `${id} (${Type}) gives rights that scripts/docs/policies.ts does not read yet; add its place there.`,
      );
    }
    return [];
  });
}

function idOf(reference: unknown): string {
  return String(plain(reference)).replace(/[<>]/g, '');
}

/** The statements of a policy document. */
export function statementsOf(document: unknown): Statement[] {
  const { Statement } = plain(document) as { Statement: Json[] };
  return Statement.map(({ Sid, Effect, Principal, Action, Resource, Condition = {} }) => ({
    sid:
      Sid === undefined
        ? null
        : String(Sid)
            .replace(/^cdk-/, '')
            .replace(/^(AllowEventRule).*/, '$1'),
    effect: String(Effect),
    principals: principalsOf(Principal),
    actions: [Action].flat().map(String),
    resources: [Resource].flat().map((resource) => named(String(resource))),
    condition: conditionsOf(Condition as Record<string, Json>),
  }));
}

function principalsOf(principal: unknown): string[] {
  if (principal === undefined) {
    return [];
  }
  const values = typeof principal === 'object' ? Object.values(principal as Json).flat() : [principal];
  return values.map((value) => named(String(value)));
}

function conditionsOf(condition: Readonly<Record<string, Json>>): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => `\`${key}\` ${operator} \`${named([value].flat().join(', '))}\``),
    )
    .join('\n');
}

/** Resources of the stack by their ids without the hash: `<NoticesTopic>`. */
function named(text: string): string {
  return text.replace(/<(\w+?)[0-9A-F]{8}(?:\.Arn)?>/g, '<$1>');
}
