import type { Line } from '../../lambda/notice/layout';

/** A piece of a line: sentences, or what is to be copied as it is. */
export type Block = { readonly kind: 'prose' | 'code'; readonly text: string };

/** Parts the sentences of a line from its commands and documents, as the layout of a mail does. */
export function blocksOf({ text, verbatim }: Line): Block[] {
  if (verbatim) {
    return [{ kind: 'code', text: visible(text) }];
  }
  const blocks: { kind: Block['kind']; rows: string[] }[] = [];
  for (const row of text.split('\n')) {
    const isCommand = row.startsWith('aws ');
    const kind = isCommand || /^[\s{}\]]/.test(row) ? 'code' : 'prose';
    const last = blocks.at(-1);
    if (last?.kind === kind && kind === 'code') {
      last.rows.push(row);
    } else {
      blocks.push({ kind, rows: [row] });
    }
  }
  return blocks.map(({ kind, rows }) => ({ kind, text: visible(rows.join('\n')) }));
}

/** `text` with what nobody would see (control and direction characters, zero-width ones) spelt out as JSON spells it. */
function visible(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at))}`).join(''),
  );
}

function hex(unit: number): string {
  return unit.toString(16).padStart(4, '0');
}
