import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Architecture,
  Code,
  type FunctionOptions,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';

/** Every function, by the name of its entry in `lambda/`. */
export const FUNCTIONS = ['responder', 'probe'] as const;

/** Which function, and what it is told; the rest is the same for all. */
export type BundledFunctionProps = FunctionOptions & { readonly name: (typeof FUNCTIONS)[number] };

/** Where the npm package has a bundle of every function. In the source tree there is no such folder. */
const PACKAGED = join(__dirname, '..', 'functions');

/**
 * What the SDK would import only in cases that never come: credentials that are not in the environment, where Lambda puts
 * them, and streams of events, which no operation here has. As long as the bundle holds nothing that is imported late, all
 * its modules share one scope; else half of them would be wrapped in functions, which take 7 ms more to start.
 */
const NEVER_LOADED = [
  ...['http', 'ini', 'process', 'sso', 'web-identity'].map((way) => `@aws-sdk/credential-provider-${way}`),
  '@smithy/credential-provider-imds',
  '@smithy/core/event-streams',
];

/**
 * One CommonJS file: it starts 15 ms faster than a module on Node 22 and 24, and `module` before `main` halves it. Its
 * source map is read when there is an error to show, not at every start, as `--enable-source-maps` would.
 */
const BUNDLING: BundlingOptions = {
  format: OutputFormat.CJS,
  // Older than the runtime, since the sandbox runs this very bundle on the Node of its user.
  target: 'node20',
  mainFields: ['module', 'main'],
  bundleAwsSDK: true,
  externalModules: NEVER_LOADED,
  esbuildArgs: {
    // Japanese stays Japanese, at half the size of its escapes. The CDK's own setting `charset` changes nothing.
    '--charset': 'utf8',
    // The SDK imports some of Node's modules late. A first import() starts Node's loader of ES modules; require() does not.
    '--supported:dynamic-import': 'false',
  },
  minify: true,
  sourceMap: true,
  sourcesContent: false,
  logLevel: LogLevel.WARNING,
};

/**
 * A function with its bundle: from the npm package the one that is there, from the source tree a new one. So who uses the
 * package needs no esbuild.
 */
export function createFunction(
  scope: Construct,
  id: string,
  { name, ...options }: BundledFunctionProps,
): LambdaFunction {
  const props = {
    ...options,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    // Of the runtime's own lines and the console's; audit records are written past both and stay as they are.
    loggingFormat: LoggingFormat.JSON,
  };
  const packaged = join(PACKAGED, name);
  return existsSync(packaged)
    ? new LambdaFunction(scope, id, { ...props, handler: 'index.handler', code: Code.fromAsset(packaged) })
    : new NodejsFunction(scope, id, {
        ...props,
        entry: join(__dirname, '..', 'lambda', `${name}.ts`),
        handler: 'handler',
        awsSdkConnectionReuse: false,
        bundling: BUNDLING,
      });
}
