import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a source file loads when it runs: types are gone by then. */
export type Graph = {
  /** Paths of the files, from the folder `lambda/` on. */
  readonly files: readonly string[];
  /** What is imported of each package: `@aws-sdk/client-sns PublishCommand`. */
  readonly imports: ReadonlySet<string>;
};

const LAMBDA = join(__dirname, '..', '..', 'lambda');
const IMPORT = /^(?:import|export) (?!type )(?:\{([^}]*)\}|[\w*]+(?: as \w+)?) from '([^']+)'/gm;

/** Everything that an entry in `lambda/` loads, directly or not. */
export function graphOf(entry: string): Graph {
  const files = new Set<string>();
  const imports = new Set<string>();
  const visit = (path: string) => {
    if (files.has(path)) return;
    files.add(path);
    for (const [, names = '', from = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
      const values = names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '));
      if (from.startsWith('.')) {
        if (names === '' || values.length > 0) visit(resolved(join(dirname(path), from)));
      } else {
        for (const name of values) imports.add(`${from} ${name}`);
      }
    }
  };
  visit(join(LAMBDA, entry));
  return {
    files: [...files].map((path) => path.slice(LAMBDA.length + 1)).filter((path) => !path.startsWith('.')),
    imports,
  };
}

function resolved(path: string): string {
  const found = [path, `${path}.ts`, join(path, 'index.ts'), `${path}.json`].find(
    (each) => existsSync(each) && /\.\w+$/.test(each),
  );
  if (found === undefined) throw new Error(`${path} is imported and not there`);
  return found;
}

/** The operations that SDK clients are asked for, as IAM actions: `sns:Publish`. */
export function actionsIn({ imports }: Graph): string[] {
  const actions = [...imports].flatMap((each) => {
    const [, service, operation] =
      /^@aws-sdk\/client-(\w+) (?:paginate(\w+)|(\w+)Command)$/.exec(each)?.slice(0, 3) ?? [];
    const name = operation ?? /(\w+)Command$/.exec(each)?.[1];
    return service && name ? [`${PREFIXES[service] ?? service}:${name}`] : [];
  });
  return [...new Set(actions)].sort();
}

/** Services whose actions begin otherwise than their clients are called. */
const PREFIXES: Readonly<Record<string, string>> = { eventbridge: 'events' };
