/** Test of the packed package in an app of its own; `npm test` leaves it out, since it builds. @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.js'),
  roots: ['<rootDir>/test/package'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
};
