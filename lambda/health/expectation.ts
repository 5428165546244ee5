import { asObject, type JsonObject } from '../denial/json';

/**
 * What a deployment should be: written once at synthesis, as JSON, into the probe's environment and into the hub stack's
 * output {@link EXPECTATION_OUTPUT}, where `trailmend doctor` finds it.
 */
export type Expectation = {
  readonly managementAccount: string;
  readonly partition: string;
  /** Name of the hub stack. */
  readonly stackName: string;
  /** Region of the hub stack. */
  readonly homeRegion: string;
  /** Every Region that is heard, the home Region first. */
  readonly regions: readonly string[];
  /** Null when only the management account is heard. */
  readonly organizationId: string | null;
  /** Ids of organizational units, or of the root, whose accounts get forwarders; empty when members get none. */
  readonly organizationalUnits: readonly string[];
  readonly accountFilter: { readonly include?: readonly string[]; readonly exclude?: readonly string[] } | null;
  /** Null when members get no forwarders. */
  readonly stackSetName: string | null;
  readonly busArn: string;
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
  readonly topicArn: string;
  readonly keyArn: string;
  readonly tableName: string;
  readonly responderRoleArn: string;
  readonly probeRoleArn: string;
  readonly canaryRoleArn: string;
  /** How many e-mail addresses the settings name. */
  readonly emails: number;
  readonly remediation: 'auto' | 'observe';
};

/** Output of the hub stack that holds the expectation. */
export const EXPECTATION_OUTPUT = 'TrailmendExpectation';

/** What every expectation has, by the kind of its value; what is not here may be null. */
const TEXTS = [
  'managementAccount',
  'partition',
  'stackName',
  'homeRegion',
  'busArn',
  'queueUrl',
  'deadLettersUrl',
  'topicArn',
  'keyArn',
  'tableName',
  'responderRoleArn',
  'probeRoleArn',
  'canaryRoleArn',
] as const satisfies readonly (keyof Expectation)[];

/**
 * Reads what a deployment wrote about itself.
 * @throws Error when something is missing: another version wrote it
 */
export function readExpectation(json: string): Expectation {
  const given = asObject(JSON.parse(json));
  const missing = given === null ? TEXTS : TEXTS.filter((name) => typeof given[name] !== 'string');
  if (given === null || missing.length > 0 || !Array.isArray(given.regions)) {
    throw new Error(`The expectation of the deployment lacks ${[...missing, 'regions'].join(', ')}.`);
  }
  return { ...DEFAULTS, ...(given as JsonObject & Omit<Expectation, keyof typeof DEFAULTS>) };
}

const DEFAULTS = {
  organizationId: null,
  organizationalUnits: [],
  accountFilter: null,
  stackSetName: null,
  emails: 0,
  remediation: 'auto',
} as const satisfies Partial<Expectation>;
