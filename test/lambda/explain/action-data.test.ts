import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionData } from '../../../scripts/action-data';

test('the action data is what AWS documents now; run "npm run generate" when this fails', async () => {
  const file = readFileSync(join(__dirname, '../../../lambda/denial/action-data.json'), 'utf8');

  expect(JSON.parse(file)).toEqual(await actionData());
});
