const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Gives the tests a temp folder of their own, which goes when they end: CDK leaves an assembly there for every app. */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailmend-tests-'));
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
};
