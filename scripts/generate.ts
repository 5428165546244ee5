import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED_FILES } from './generated-files';

/** Writes every generated file; a test proves that they are current. */
async function generate(): Promise<void> {
  for (const { path, make } of GENERATED_FILES) {
    writeFileSync(join(__dirname, '..', path), await make());
  }
}

generate();
