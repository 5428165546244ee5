import { element } from './element';
import type { Page } from './page';

/** How long a button says that it has copied, in ms. */
const SAID_MS = 2_000;

/** A button that copies `text`; `source`, where given, is selected when the browser lets nobody copy. */
export function copyButton(text: string, label: string, { words, say }: Page, source: Element | null): HTMLElement {
  const { copied, notCopied } = words.controls;
  const button = element('button', { type: 'button', class: 'copy', onclick: copy }, label);
  async function copy() {
    const done = await copyText(text);
    if (!done && source !== null) {
      getSelection()?.selectAllChildren(source);
    }
    const said = done ? copied : notCopied;
    button.textContent = said;
    say(said);
    setTimeout(() => {
      button.textContent = label;
    }, SAID_MS);
  }
  return button;
}

/** Copies `text`; false when the browser refuses. A page opened from a file has no clipboard in some browsers. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = element('textarea', { class: 'unseen', 'aria-hidden': 'true' });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) {
    focused.focus({ preventScroll: true });
  }
  return done;
}
