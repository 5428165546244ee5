import { LISTED } from '../../lambda/incidents/incident';
import { stormDenials } from '../../sandbox/scenario/storm-denials';
import { ArchiveFolder, logFile, scan } from '../scan/archive-folder';
import { fixtureFolders, fixturesOf } from '../support/fixtures';
import { runCli } from '../support/run-cli';
import { CANARY, Stage } from '../support/stage';

let stage: Stage;
let folder: ArchiveFolder;
const before = { ...process.env };

beforeEach(async () => {
  folder = new ArchiveFolder();
  stage = await new Stage().open();
  stage.now = Date.now() - 60_000;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_DYNAMODB: stage.table.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIALOCAL',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
  });
});

afterEach(async () => {
  process.env = { ...before };
  folder.remove();
  await stage.close();
});

/** The incidents in the table of the function that was sent the events. */
async function incidentsOfService() {
  const { out } = await runCli(['log', '--json', '--since', '2020-01-01']);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

type Told = Readonly<Record<string, unknown>>;

const known = ({ key, incidentKey, severity, count, firstSeen, lastSeen, actions, accounts, principals }: Told) => ({
  key: key ?? incidentKey,
  severity,
  count,
  firstSeen,
  lastSeen,
  actions: [...(actions as string[])].sort(),
  accounts: [...(accounts as string[])].sort(),
  // A longer list is cut, to the first that came or the first of the alphabet.
  principals: (principals as string[]).length === LISTED ? LISTED : [...(principals as string[])].sort(),
});

const byKey = (one: Told, other: Told) => (String(one.key) < String(other.key) ? -1 : 1);

test('a scan of the records finds the incidents that the function made of the events', async () => {
  const fixtures = fixtureFolders.flatMap((name) => fixturesOf(name)).map(({ event }) => event as { detail: object });
  const storm = stormDenials(120, stage.now - 3_600_000).map(({ event }) => event);
  for (const event of [...fixtures, ...storm]) {
    await stage.deliver(event);
  }
  const path = folder.write('a.json.gz', logFile(...[...fixtures, ...storm].map(({ detail }) => detail)));

  const { incidents } = await scan([path, '--json', '--management-account', '111122223333', '--canary-role', CANARY]);

  const found = incidents.map(known).sort(byKey);
  expect(found.length).toBeGreaterThan(30);
  expect(found).toEqual((await incidentsOfService()).map(known).sort(byKey));
});
