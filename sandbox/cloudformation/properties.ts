/** The resolved properties of one resource, read with the resource named in every error. */
export class Properties {
  constructor(
    readonly where: string,
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  /** A property as it is; undefined when absent. */
  raw(name: string): unknown {
    return this.values[name];
  }

  /** A text, or null when absent. */
  text(name: string): string | null {
    const value = this.values[name];
    return value === undefined ? null : String(value);
  }

  /** A text that must be there. */
  required(name: string): string {
    return this.text(name) ?? this.#fail(name, 'is missing');
  }

  /** A number, or `otherwise`, the default of AWS. */
  number(name: string, otherwise: number): number {
    const value = Number(this.values[name] ?? otherwise);
    return Number.isFinite(value) ? value : this.#fail(name, 'is no number');
  }

  /** A list; empty when absent. */
  list(name: string): readonly unknown[] {
    const value = this.values[name] ?? [];
    return Array.isArray(value) ? value : this.#fail(name, 'is no list');
  }

  /** A nested object; empty when absent. */
  inner(name: string): Properties {
    return propertiesOf(`${this.where}.${name}`, this.values[name] ?? {});
  }

  /** A list of nested objects; empty when absent. */
  inners(name: string): Properties[] {
    return this.list(name).map((value, at) => propertiesOf(`${this.where}.${name}[${at}]`, value));
  }

  /** An object whose values are texts; empty when absent. */
  texts(name: string): Record<string, string> {
    const { values } = this.inner(name);
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
  }

  #fail(name: string, problem: string): never {
    throw new Error(`Template, ${this.where}: ${name} ${problem}`);
  }
}

/** Reads `value` as properties. */
export function propertiesOf(where: string, value: unknown): Properties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`Template, ${where}: expected an object, found ${JSON.stringify(value)}`);
  }
  return new Properties(where, value as Record<string, unknown>);
}
