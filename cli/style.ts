import { styleText } from 'node:util';

/** How something is set off. */
type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** What gives a text a style, or leaves it as it is where there are no colours. */
export function styled(style: Style, colours: boolean): (text: string) => string {
  // Whether there are colours was decided for the output that the text goes to.
  return (text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}
