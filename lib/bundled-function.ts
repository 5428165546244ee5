import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import {
  Architecture,
  Code,
  type FunctionOptions,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type FunctionName, writeBundle } from './function-bundle';

/** Which function, and what it is told; the rest is the same for all. */
export type BundledFunctionProps = FunctionOptions & { readonly name: FunctionName };

/** Where the npm package has a bundle of every function. In the source tree there is no such folder. */
const PACKAGED = join(__dirname, '..', 'functions');

/**
 * A function with its bundle: from the npm package the one that is there, from the source tree a new one. So who uses the
 * package needs no esbuild.
 */
export function createFunction(
  scope: Construct,
  id: string,
  { name, ...options }: BundledFunctionProps,
): LambdaFunction {
  return new LambdaFunction(scope, id, {
    ...options,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    // Of the runtime's own lines and the console's; audit records are written past both and stay as they are.
    loggingFormat: LoggingFormat.JSON,
    handler: 'index.handler',
    code: codeOf(name, scope),
  });
}

/** The CDK asks for no bundles of stacks that are not deployed this time. */
function codeOf(name: FunctionName, scope: Construct): Code {
  const packaged = join(PACKAGED, name);
  if (existsSync(packaged)) {
    return Code.fromAsset(packaged);
  }
  return Stack.of(scope).bundlingRequired ? newBundle(name, scope) : Code.fromInline('// not bundled');
}

function newBundle(name: FunctionName, scope: Construct): Code {
  const folder = mkdtempSync(join(tmpdir(), `trailmend-${name}-`));
  try {
    writeBundle(name, folder);
    const code = Code.fromAsset(folder);
    // Takes the copy that is deployed.
    code.bind(scope);
    return code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
