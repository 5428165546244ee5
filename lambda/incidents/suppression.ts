/** A reviewed setting: findings that match all it names are counted and shown in the daily digest, without a notice. */
export type Suppression = {
  /** Each with `*` for any text; what is not named matches everything. */
  readonly case?: string;
  readonly principal?: string;
  readonly account?: string;
  readonly action?: string;
  readonly resource?: string;
  /** Who accepted this, and why; shown with every suppressed finding. */
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
};

/** What a suppression may name. */
export const SUPPRESSIBLE = ['case', 'principal', 'account', 'action', 'resource'] as const;

/** What a suppression looks at. */
export type Suppressible = Readonly<Record<(typeof SUPPRESSIBLE)[number], string | null>>;

/** Reason of the first setting that suppresses a finding now; null when none does. */
export function suppressionOf(
  suppressions: readonly Suppression[],
  finding: Suppressible,
  now: number,
): Suppression | null {
  return suppressions.find((suppression) => holds(suppression, now) && matches(suppression, finding)) ?? null;
}

function holds({ expires }: Suppression, now: number): boolean {
  return now < endOf(expires);
}

/** When a suppression ends, in ms since 1970: with its last day. NaN, which suppresses nothing, when that is no date. */
export function endOf(expires: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(expires) ? Date.parse(`${expires}T00:00:00Z`) + 24 * 3_600_000 : Number.NaN;
}

function matches(suppression: Suppression, finding: Suppressible): boolean {
  const named = SUPPRESSIBLE.filter((name) => suppression[name] !== undefined);
  return named.length > 0 && named.every((name) => matchesPattern(suppression[name] ?? '', finding[name] ?? ''));
}

/** Whether `text` is like `pattern`, in which `*` stands for any text. Linear in the text, whatever the pattern. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) {
    return pattern === text;
  }
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) {
    return false;
  }
  let at = head.length;
  for (const part of rest) {
    at = text.indexOf(part, at);
    if (at < 0) {
      return false;
    }
    at += part.length;
  }
  return at <= text.length - tail.length;
}

/**
 * Reads suppressions back from the function's environment. What cannot be read suppresses nothing, so its notices go out.
 * @param complain is told of each that cannot be read
 */
export function readSuppressions(json: string, complain: (what: string) => void): Suppression[] {
  const read = parsed(json);
  if (!Array.isArray(read)) {
    complain('the suppressions are no list; nothing is suppressed');
    return [];
  }
  return read.filter((entry): entry is Suppression => {
    const usable = isSuppression(entry);
    if (!usable) {
      complain(`a suppression cannot be evaluated and suppresses nothing: ${JSON.stringify(entry)}`);
    }
    return usable;
  });
}

function isSuppression(entry: unknown): boolean {
  const { reason, expires, ...rest } = Object(entry) as Record<string, unknown>;
  const named = Object.entries(rest);
  const known = named.every(
    ([name, value]) => (SUPPRESSIBLE as readonly string[]).includes(name) && typeof value === 'string',
  );
  const dated = typeof expires === 'string' && !Number.isNaN(endOf(expires));
  return known && named.length > 0 && dated && typeof reason === 'string' && reason.trim() !== '';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
