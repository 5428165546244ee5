import type { Ending } from './reporter';
import { counted, type Paint, wrapped } from './text-layout';

/** How the run ended, for a person. */
export function renderConclusion({ summary, failures, weaknesses, reviewPath }: Ending, paint: Paint): string {
  const { events, ignored, incidents, notices, noticesHigh, rolesCreated, ms } = summary;
  const lines = [
    paint('bold', '\nSummary'),
    `${counted(events, 'event')}: ${ignored} asked for nothing, ${counted(incidents, 'incident')} handled, ${counted(failures.length, 'failure')}`,
    `${counted(notices, 'notice')} sent, ${noticesHigh} of high severity; ${counted(rolesCreated, 'service-linked role')} created`,
    ...problemLines('What failed', failures, paint),
    ...problemLines('What the deployment lacks', weaknesses, paint),
    ...(failures.length + weaknesses.length === 0
      ? [paint('green', 'Every event has its audit record; nothing was lost.')]
      : []),
    ...(reviewPath === null ? [] : [`Each incident, with explanation and fix: open ${reviewPath} in a browser.`]),
    paint('dim', `${(ms / 1000).toFixed(1)} s. See npm start -- --help for what else can happen here.`),
  ];
  return lines.join('\n');
}

function problemLines(heading: string, problems: readonly string[], paint: Paint): string[] {
  if (problems.length === 0) return [];
  return [paint('red', `${heading}:`), ...problems.map((problem) => wrapped(`- ${problem}`, '  '))];
}
