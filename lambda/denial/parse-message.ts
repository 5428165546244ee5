/**
 * The grammar of AWS's refusal messages.
 *
 * Everything is found by position from left to right, once, so the time is linear in the message and text after the
 * reason clause cannot change what was read before it. What the grammar does not know is left null or `unknown`; nothing
 * is guessed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */

/** The kind of policy that refused the call. */
export type Layer =
  | 'identity-policy'
  | 'resource-policy'
  | 'permissions-boundary'
  | 'session-policy'
  | 'service-control-policy'
  | 'resource-control-policy'
  | 'vpc-endpoint-policy'
  | 'role-trust-policy'
  | 'unknown';

/** Whether a policy lacks an Allow or holds a Deny. */
export type Effect = 'implicit-deny' | 'explicit-deny' | 'unknown';

/** How well the reason is known: AWS's message says it, the record's code shows it, or neither. */
export type Evidence = 'stated' | 'inferred' | 'unknown';

/** Why the call was refused, as far as the message says. */
export type Reason = {
  readonly layer: Layer;
  readonly effect: Effect;
  /** ARN of the denying policy, when the message names it whole. */
  readonly policyArn: string | null;
  readonly evidence: Evidence;
};

/** A refusal message, read. Texts are as AWS wrote them. */
export type ParsedMessage = Reason & {
  /** ARN, account id, `anonymous` or whatever else stands behind `User:`. */
  readonly principal: string | null;
  /** IAM action, such as `cloudtrail:GetTrailStatus`. */
  readonly action: string | null;
  /** ARN, bare name, or IAM's `role NAME` form; without quotes. */
  readonly resource: string | null;
};

/** CloudTrail cuts `errorMessage` at this length; an ARN that touches the cut may be incomplete. */
const CUT_AT = 1024;

/** AWS's names of the policy types, lower case; one of them may begin the text behind `in a` or `because no`. */
const LAYERS: readonly (readonly [string, Layer])[] = [
  ['identity-based polic', 'identity-policy'],
  ['resource-based polic', 'resource-policy'],
  ['permissions boundar', 'permissions-boundary'],
  ['permission boundar', 'permissions-boundary'],
  ['session polic', 'session-policy'],
  // AWS's own spelling in one message of the IAM guide.
  ['sessions polic', 'session-policy'],
  ['service control polic', 'service-control-policy'],
  ['resource control polic', 'resource-control-policy'],
  ['vpc endpoint polic', 'vpc-endpoint-policy'],
  ['role trust polic', 'role-trust-policy'],
];

const UNKNOWN: Reason = { layer: 'unknown', effect: 'unknown', policyArn: null, evidence: 'unknown' };

/** Reads a refusal message. Any text is accepted: what is not a known form yields nulls and `unknown`. */
export function parseMessage(raw: string): ParsedMessage {
  const message = raw.replace(/\s+/g, ' ').trim();
  const cut = Buffer.byteLength(raw) >= CUT_AT;
  const verb = message.search(/ is not authorized to /i);
  if (verb < 0) {
    return { principal: null, resource: null, ...withoutVerb(message) };
  }
  const afterVerb = message.slice(verb + ' is not authorized to '.length);
  const action = /^perform: ?([A-Za-z0-9-]+:[A-Za-z0-9*]+)/.exec(afterVerb);
  const rest = action ? afterVerb.slice(action[0].length) : afterVerb;
  const { resource, tail } = readResource(rest);
  return {
    principal: readPrincipal(message.slice(0, verb)),
    action: action?.[1] ?? null,
    resource,
    ...readReason(tail, cut),
  };
}

function withoutVerb(message: string): Pick<ParsedMessage, 'action'> & Reason {
  if (/cross-account pass role is not allowed/i.test(message)) {
    return { action: 'iam:PassRole', ...UNKNOWN };
  }
  if (/denied due to a VPC endpoint policy/i.test(message)) {
    return { action: null, ...UNKNOWN, layer: 'vpc-endpoint-policy', evidence: 'stated' };
  }
  return { action: null, ...UNKNOWN };
}

/** The text between the last `User:` (or `User with accountId:`) and the verb; without it, an ARN right before the verb. */
function readPrincipal(before: string): string | null {
  const label = Math.max(before.lastIndexOf('User: '), before.lastIndexOf('User with accountId: '));
  if (label >= 0) {
    const principal = before.slice(before.indexOf(': ', label) + 2).trim();
    return principal === '' ? null : principal;
  }
  const word = before.slice(before.lastIndexOf(' ') + 1);
  return word.startsWith('arn:') ? word : null;
}

/** Splits what follows the action into the resource and the text behind it. */
function readResource(rest: string): { resource: string | null; tail: string } {
  const label = /^ on resource: ?/.exec(rest);
  if (!label) {
    return { resource: null, tail: rest };
  }
  const text = rest.slice(label[0].length);
  if (text.startsWith('"')) {
    const end = closingQuote(text);
    return { resource: text.slice(1, end), tail: text.slice(end + 1) };
  }
  const end = resourceEnd(text);
  const resource = text.slice(0, end).trim().replace(/\.$/, '');
  return { resource: resource === '' ? null : resource, tail: text.slice(end) };
}

/** Position of the quote that closes a quoted resource: the first one with the end, a space or a full stop behind it. */
function closingQuote(text: string): number {
  for (let at = text.indexOf('"', 1); at >= 0; at = text.indexOf('"', at + 1)) {
    const next = text[at + 1];
    if (next === undefined || next === ' ' || next === '.') {
      return at;
    }
  }
  return text.length;
}

/** Where an unquoted resource ends: at the reason clause, at text a service or an SDK adds, or at the end. */
function resourceEnd(text: string): number {
  const ends = [' because ', ' with an explicit deny', ' (Service: ', '. Encoded authorization', '. Go to http'];
  const found = ends.map((end) => text.indexOf(end)).filter((at) => at >= 0);
  return Math.min(text.length, ...found);
}

/** Reads the reason clause, whichever form comes first. */
function readReason(tail: string, cut: boolean): Reason {
  const implicit = tail.indexOf(' because no ');
  const explicit = tail.indexOf(' with an explicit deny');
  if (implicit >= 0 && (explicit < 0 || implicit < explicit)) {
    const layer = layerAt(tail.slice(implicit + ' because no '.length));
    // AWS may name a kind of policy that is not known here: then it is said to be unknown, and nothing is guessed.
    return { layer: layer?.layer ?? 'unknown', effect: 'implicit-deny', policyArn: null, evidence: 'stated' };
  }
  return explicit < 0 ? UNKNOWN : readExplicit(tail.slice(explicit + ' with an explicit deny'.length), cut);
}

/** Reads `[ in a|an|the LAYER[: ARN]][ transitively through a|an LAYER[: ARN]]`; the last layer named is the one that denies. */
function readExplicit(text: string, cut: boolean): Reason {
  const stated = { effect: 'explicit-deny', evidence: 'stated' } as const;
  const first = layerBehind(text, /^ in (?:an?|the) /, cut);
  if (!first) {
    return { ...stated, layer: 'unknown', policyArn: null };
  }
  const { layer, policyArn } = layerBehind(first.rest, /^ transitively through (?:an?|the) /, cut) ?? first;
  return { ...stated, layer, policyArn };
}

function layerBehind(
  text: string,
  introduction: RegExp,
  cut: boolean,
): (Pick<Reason, 'layer' | 'policyArn'> & { rest: string }) | null {
  const start = introduction.exec(text);
  const found = start && layerAt(text.slice(start[0].length));
  if (!found) {
    return null;
  }
  const arn = /^: (\S+)/.exec(found.rest);
  const rest = arn ? found.rest.slice(arn[0].length) : found.rest;
  return { layer: found.layer, policyArn: arn?.[1] ? wholePolicyArn(arn[1], cut && rest === '') : null, rest };
}

/** The layer whose name begins `text`, and what stands behind the name. */
function layerAt(text: string): { layer: Layer; rest: string } | null {
  const lower = text.slice(0, 40).toLowerCase();
  const row = LAYERS.find(([name]) => lower.startsWith(name));
  if (!row) {
    return null;
  }
  const word = /^[a-z]*/i.exec(text.slice(row[0].length));
  return { layer: row[1], rest: text.slice(row[0].length + (word?.[0].length ?? 0)) };
}

/**
 * `text` when it is a whole policy ARN, else null: a masked one, a placeholder or one that the message's end cut off is
 * not quoted to anybody.
 */
function wholePolicyArn(text: string, touchesCut: boolean): string | null {
  const arn = withoutStop(text);
  const organizations =
    /^arn:aws[a-z-]*:organizations::(?:\d{12}|aws):policy\/(?:o-[a-z0-9]{6,32}|[a-z0-9-]+)\/[a-z_]+\/p-[a-zA-Z0-9_]{6,128}$/;
  const iam = /^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]{1,640}$/;
  return !touchesCut && (organizations.test(arn) || iam.test(arn)) ? arn : null;
}

/** `text` without the full stop, comma or semicolon of the sentence around it. */
function withoutStop(text: string): string {
  let end = text.length;
  while (end > 0 && '.,;'.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}
