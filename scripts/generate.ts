import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionData } from './action-data';

/** Writes every generated file; tests prove that they are current. */
async function generate(): Promise<void> {
  const file = join(__dirname, '../lambda/denial/action-data.json');
  writeFileSync(file, `${JSON.stringify(await actionData(), null, 2)}\n`);
}

generate();
