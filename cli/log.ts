import { Command, Option } from 'commander';
import { shown } from '../lambda/texts/untrusted';
import { INCIDENT_SCHEMA } from '../review/read-values';
import type { Selection } from '../review/selection';
import type { Source } from '../review/source';
import { chainPage } from './chain-page';
import { follow } from './follow';
import type { Io } from './io';
import { jsonLine } from './json-line';
import { incidentView, recordView, type View } from './log-views';
import { openSource } from './open-source';
import type { Pause } from './pause';
import { Progress } from './progress';
import { addReadingOptions, periodOf, READING_HELP, type ReadingOptions, selectionOf } from './reading-options';

type Options = ReadingOptions & { audit?: true; follow?: true; json?: true };

/** What a listing works with. */
type Listing = { readonly options: Options; readonly selection: Selection; readonly pause: Pause };

/** `trailmend log`: what happened, from the table of a deployment or a file of its log. */
export function logCommand(io: Io, pause: Pause, exit: (code: number) => void): Command {
  const command = new Command('log')
    .description('Show incidents, newest first; one of them with all that was done about it; or the audit records.')
    .addOption(
      new Option('--audit', 'audit records instead, also of events that were ignored or malformed').conflicts(
        'incident',
      ),
    )
    .addOption(
      new Option('--follow', 'then what is new, every 5 seconds, newest last, until Ctrl-C').conflicts([
        'file',
        'incident',
      ]),
    )
    .option('--json', 'one JSON object per line');
  return addReadingOptions(command)
    .addHelpText('after', `${READING_HELP}\n\nExit code: 0 done, 1 failed or no such incident, 2 misuse.`)
    .action(async (options: Options) => exit((await show(options, io, pause)) ? 0 : 1));
}

async function show(options: Options, io: Io, pause: Pause): Promise<boolean> {
  const { incident, audit, json = false } = options;
  const selection = selectionOf(options, Date.now());
  const progress = new Progress(io);
  const source = quietly(await openSource(options, io, progress), progress);
  if (incident !== undefined) {
    return showOne(incident, source, json, io);
  }
  if (audit) {
    await list(recordView(source, io, json), { options, selection, pause }, io);
  } else {
    await list(incidentView(source, io, json), { options, selection, pause }, io);
  }
  return true;
}

/** The source, whose progress is off the screen before anything that it read is printed. */
function quietly(source: Source, progress: Progress): Source {
  const then = <T>(reading: Promise<T>) => reading.finally(() => progress.end());
  return {
    name: source.name,
    incidents: (...args) => then(source.incidents(...args)),
    records: (...args) => then(source.records(...args)),
    find: (id) => then(source.find(id)),
    accountNames: (accounts) => then(source.accountNames(accounts)),
  };
}

async function list<T>(view: View<T>, { options, selection, pause }: Listing, io: Io): Promise<void> {
  if (options.follow) {
    await follow(view, selection, pause);
    return;
  }
  const all = await view.read(selection);
  if (all.length === 0 && !options.json) {
    io.out(`No ${view.noun}${periodOf(options)}.\n`);
  }
  view.print(all, true);
}

async function showOne(id: string, source: Source, json: boolean, io: Io): Promise<boolean> {
  const found = await source.find(id);
  if (found === null) {
    io.err(
      `trailmend: there is no incident or event ${shown(id)} in ${source.name}; check the id, --table and --region.\n`,
    );
    return false;
  }
  const { event, chain } = found;
  const whole = chain === null ? event : { schema: INCIDENT_SCHEMA, ...chain, ...(event && { event }) };
  io.out(json ? jsonLine(whole ?? {}) : chainPage(found, Date.now(), io));
  return true;
}
