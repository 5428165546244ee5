import type { Deployment } from '../cloudformation/deployment';
import type { Entry, Journal } from '../journal';
import type { Summary } from '../summary';
import { renderConclusion } from './conclusion';
import { deployedWhere, introduction } from './introduction';
import { renderNotices } from './notices';
import type { Paint } from './text-layout';
import { renderScene } from './timeline';

/** How a run ended. */
export type Ending = {
  readonly summary: Summary;
  /** Counted in the summary. */
  readonly failures: readonly string[];
  /** What the deployment lacks and no event has shown. */
  readonly weaknesses: readonly string[];
  /** Where the page about the run is; null when none was written. */
  readonly reviewPath: string | null;
};

/** Tells somebody or some program what happens. */
export type Reporter = {
  readonly begin: () => void;
  /** Everything is deployed. */
  readonly deployed: (deployment: Deployment) => void;
  /** A scene is over; `entries` are what happened in it. */
  readonly scene: (entries: readonly Entry[], journal: Journal) => void;
  /** All is over. */
  readonly end: (ending: Ending, journal: Journal) => void;
};

type Print = (line: string) => void;

/** For people: a timeline, the notices, a conclusion. */
export function personReporter(print: Print, paint: Paint, remediation: string): Reporter {
  let scenes = 0;
  return {
    begin: () => print(introduction(remediation, paint)),
    deployed: (deployment) => print(deployedWhere(deployment, paint)),
    scene: (entries, journal) => {
      scenes += 1;
      print(renderScene(entries, scenes, journal, paint));
    },
    end: (ending, journal) => {
      print(
        renderNotices(
          journal.of('notice').map(({ notice }) => notice),
          paint,
        ),
      );
      print(renderConclusion(ending, paint));
    },
  };
}

/** For programs: one JSON object per line, the summary last. */
export function jsonReporter(print: Print): Reporter {
  return {
    begin: () => {},
    deployed: () => {},
    scene: (entries) => {
      for (const { at, ...entry } of entries) print(JSON.stringify({ time: new Date(at).toISOString(), ...entry }));
    },
    end: ({ summary, failures, weaknesses, reviewPath }) => {
      for (const text of failures) print(JSON.stringify({ kind: 'failure', text }));
      for (const text of weaknesses) print(JSON.stringify({ kind: 'weakness', text }));
      if (reviewPath !== null) print(JSON.stringify({ kind: 'review', path: reviewPath }));
      print(JSON.stringify(summary));
    },
  };
}
