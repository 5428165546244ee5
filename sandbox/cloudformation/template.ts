/** One resource of a template. */
export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
};

/** A CloudFormation template, as `cdk synth` writes it. */
export type Template = {
  readonly Description?: string;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
};

/** Where a stack is deployed. */
export type Location = {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
};
