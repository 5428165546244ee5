import { Command, Option } from 'commander';
import { LANGUAGES, type Locale } from '../lambda/texts/languages';
import { shown } from '../lambda/texts/untrusted';
import { reviewOf } from '../review/review';
import type { Io } from './io';
import { openSource } from './open-source';
import { Progress } from './progress';
import { addReadingOptions, periodOf, READING_HELP, type ReadingOptions, selectionOf } from './reading-options';
import { writePage } from './write-page';

type Options = ReadingOptions & { out?: string; force?: true; locale: Locale };

/** `trailmend report`: the incidents as one page that people open in a browser, mail and keep. */
export function reportCommand(io: Io, exit: (code: number) => void): Command {
  const command = new Command('report')
    .description('Write the incidents as one HTML file, which needs nothing else: no network, no server.')
    .option('--out <path>', 'the file to write, - for standard output (default: trailmend-report-<time>.html)')
    .option('--force', 'replace the file if there is one')
    .addOption(new Option('--locale <locale>', 'language').choices(Object.keys(LANGUAGES)).default('en'));
  return addReadingOptions(command)
    .addHelpText('after', `${READING_HELP}\n\nExit code: 0 written, 1 failed or no such incident, 2 misuse.`)
    .action(async (options: Options) => exit((await report(options, io)) ? 0 : 1));
}

async function report(options: Options, io: Io): Promise<boolean> {
  const now = Date.now();
  const { incident = null, locale, out = `trailmend-report-${fileTime(now)}.html`, force = false } = options;
  const selection = selectionOf(options, now);
  const progress = new Progress(io);
  const source = await openSource(options, io, progress);
  const review = await reviewOf(source, selection, now, incident).finally(() => progress.end());
  if (review === null) {
    io.err(`trailmend: there is no incident ${shown(incident)} in ${source.name}; nothing written.\n`);
    return false;
  }
  const { renderPage } = await import('../review/render-page');
  await writePage(out, await renderPage(review, locale), force, io);
  const count = review.incidents.length;
  const what = `${count} ${count === 1 ? 'incident' : 'incidents'} from ${source.name}${periodOf(options)}`;
  const [say, where] = out === '-' ? [io.err, 'the page'] : [io.out, out];
  say(`Wrote ${where}: ${what}.\n`);
  return true;
}

/** A time to the minute, as file names take it: `2026-11-02-0304`. */
function fileTime(now: number): string {
  return new Date(now).toISOString().slice(0, 16).replace('T', '-').replace(':', '');
}
