/** Attributes and listeners of an element; `null` and `false` leave an attribute out, `true` sets it without a value. */
type Attributes = Readonly<Record<string, string | number | boolean | null | ((event: never) => void)>>;

/** What stands in an element. Text is always text, never markup. */
export type Child = Node | string | null;

/** An element of the page. A function is listened with: `onclick` for `click`. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

/** An element of a drawing. */
export function drawn<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<Each extends Element>(node: Each, attributes: Attributes, children: readonly Child[]): Each {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      node.addEventListener(name.replace(/^on/, ''), value as (event: Event) => void);
    } else if (value !== null && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/**
 * Draws the contents of `place` anew. What had the focus has it again, if it is still there: it is known by its
 * `data-focus`.
 */
export function redraw(place: Element, ...children: readonly Child[]): void {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const name = focused?.getAttribute('data-focus');
  place.replaceChildren(...children.filter((child) => child !== null));
  if (name) {
    const again = Array.from(place.querySelectorAll<HTMLElement>('[data-focus]'));
    again.find((node) => node.getAttribute('data-focus') === name)?.focus({ preventScroll: true });
  }
}
