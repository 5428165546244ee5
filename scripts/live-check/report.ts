import { table } from '../docs/write-markdown';
import type { Outcome, Result } from './run-facts';

/** Something that was seen, as AWS gave it. */
export type Kept = { readonly title: string; readonly record: unknown };

/** What a report says besides results. Times in ms since 1970. */
type Run = { readonly began: number; readonly ended: number; readonly where: string; readonly kept: readonly Kept[] };

/** A run as a page that can be put into an issue. */
export function reportText({ results, left }: Outcome, { began, ended, where, kept }: Run): string {
  const count = (verdict: Result['verdict']) => results.filter((result) => result.verdict === verdict).length;
  const rows = results.map(({ fact, verdict, seen }) => [
    `\`${fact.id}\` ${fact.question}`,
    fact.expected,
    verdict === 'different' ? `**${verdict}**` : verdict,
    seen,
  ]);
  const minutes = Math.ceil((ended - began) / 60_000);
  return [
    '# Trailmend: live check',
    '',
    `${new Date(began).toISOString()}, ${minutes} min, ${where}. ${count('as expected')} as expected, ${count('different')} different, ${count('not checked')} not checked.`,
    '',
    table(['fact', 'expected', 'verdict', 'seen'], rows),
    ...(left.length === 0 ? [] : ['', '## NOT undone', '', ...left.map((what) => `- ${what}`)]),
    ...(kept.length === 0 ? [] : ['', '## What AWS gave']),
    ...kept.flatMap(({ title, record }) => ['', `### ${title}`, '', '```json', JSON.stringify(record, null, 2), '```']),
    '',
  ].join('\n');
}

/** 0 when all that can be seen within a run is as expected and nothing is left behind, else 1. */
export function exitCodeOf({ results, left }: Outcome): 0 | 1 {
  const counting = results.filter(({ fact }) => fact.isForLater !== true);
  return left.length === 0 && counting.every(({ verdict }) => verdict === 'as expected') ? 0 : 1;
}
