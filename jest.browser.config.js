/** Tests of the review page in a real browser; `npm test` leaves them out. @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/browser/require-browser.ts',
  maxWorkers: 1,
};
