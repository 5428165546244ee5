/** A block of code: its language, empty when it names none, and its lines. */
export type CodeBlock = { readonly language: string; readonly text: string };

const FENCED = /^( *)```([\w-]*)\n([\s\S]*?)^ *```$/gm;

/** The fenced blocks of a page, without the indentation that a list gives them. */
export function codeBlocksOf(page: string): CodeBlock[] {
  return [...page.matchAll(FENCED)].map(([, indent = '', language = '', text = '']) => ({
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd(),
  }));
}

/** A page without its blocks of code, in which nothing is a heading or a link. */
function proseOf(page: string): string {
  return page.replace(FENCED, '');
}

/** Headings with their level, in order. */
export function headingsOf(page: string): { readonly level: number; readonly text: string }[] {
  return [...proseOf(page).matchAll(/^(#{1,6}) (.+)$/gm)].map(([, marks = '', text = '']) => ({
    level: marks.length,
    text,
  }));
}

/** The anchor that GitHub gives a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

/** The anchors of a page: of its headings, numbered where two are alike. */
export function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return headingsOf(page).map(({ text }) => {
    const anchor = anchorOf(text);
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

/** Where the links and images of a page lead, in order: inline, by reference, and of HTML. */
export function linksOf(page: string): string[] {
  const prose = proseOf(page).replace(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(([^)\s]*)[^)]*\)/g)];
  const definitions = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  const html = [...prose.matchAll(/\s(?:src|href|srcset)="([^"]*)"/g)];
  return [...inline, ...definitions, ...html].map(([, target = '']) => target);
}

/** Names of references that a page uses, `[text][name]`, without a definition. */
export function undefinedReferencesOf(page: string): string[] {
  const prose = proseOf(page).replace(/`[^`\n]*`/g, '');
  const defined = new Set([...prose.matchAll(/^\[([^\]]+)\]:/gm)].map(([, name]) => name));
  return [...prose.matchAll(/\]\[([^\]]+)\]/g)].map(([, name = '']) => name).filter((name) => !defined.has(name));
}
