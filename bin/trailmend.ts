#!/usr/bin/env node
import { confirm } from '../cli/confirm';
import { run } from '../cli/run';

let isRead = true;

// Whoever reads our output may stop, as head does: that is no failure, and what waits for more to tell ends as by Ctrl-C.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  isRead = false;
  process.emit('SIGINT');
});

run(process.argv.slice(2), {
  out: (text) => void (isRead && process.stdout.write(text)),
  err: (text) => process.stderr.write(text),
  input: () => process.stdin,
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  columns: Number(process.env.COLUMNS) || process.stdout.columns,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { confirm } : {}),
  isWatched: process.stderr.isTTY === true,
}).then((code) => {
  process.exitCode = code;
});
