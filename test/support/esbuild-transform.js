// Turns TypeScript into CommonJS for jest with the esbuild that bundles the function anyway: one compiler, no extra packages.
const { transformSync } = require('esbuild');

module.exports = {
  process: (sourceText, sourcePath) =>
    transformSync(sourceText, {
      loader: 'ts',
      format: 'cjs',
      target: 'node20',
      // jest runs modules in a context that knows no import().
      supported: { 'dynamic-import': false },
      sourcemap: 'inline',
      sourcefile: sourcePath,
    }),
};
