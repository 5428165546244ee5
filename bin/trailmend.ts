#!/usr/bin/env node
import { buffer } from 'node:stream/consumers';
import { run } from '../cli/run';

run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: () => buffer(process.stdin),
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
}).then((code) => {
  process.exitCode = code;
});
