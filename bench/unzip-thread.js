// A thread that unzips files and does nothing else, always the next one that no other has taken. Plain JavaScript, so that a
// thread starts as fast as those of a scan.
const { readFileSync } = require('node:fs');
const { workerData } = require('node:worker_threads');
const { gunzipSync } = require('node:zlib');

const { files, next } = workerData;

for (let at = Atomics.add(next, 0, 1); at < files.length; at = Atomics.add(next, 0, 1)) {
  const gzip = readFileSync(files[at]);
  gunzipSync(gzip, { chunkSize: gzip.readUInt32LE(gzip.length - 4) });
}
