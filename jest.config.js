// The SDK warns on every Node below 22; nobody who runs the tests can act on that.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/own-temp-folder.js',
  roots: ['<rootDir>/test'],
  // The first need a browser: npm run test:browser. The second build the package: npm run test:package.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/', '<rootDir>/test/package/'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/esbuild-transform.js' },
  // By itself jest leaves a core idle, which is half of two.
  maxWorkers: '100%',
  // A worker that has grown large takes longer to end than jest waits, which then warns of a leak; a new one goes on instead.
  workerIdleMemoryLimit: '700MB',
  testTimeout: 60_000,
};
