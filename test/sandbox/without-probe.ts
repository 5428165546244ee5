import type { FunctionRuntime } from '../../sandbox/function/function-process';
import type { StartFunction } from '../../sandbox/function/lambda-service';

const idle: FunctionRuntime = { invoke: async () => ({ succeeded: true, answer: null }), stop: async () => {} };

/**
 * Runs the responder, and every other function as one that does nothing: for tests that count the responder's calls, let
 * them fail, or need a role to stay missing.
 */
export function withoutProbe(start: StartFunction): StartFunction {
  return (settings, ...rest) => (/Responder/.test(settings.name) ? start(settings, ...rest) : idle);
}
