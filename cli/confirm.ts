import { createInterface } from 'node:readline/promises';

/** Asks the person at the terminal; anything but a yes is a no. Ctrl-C is one, and ends what the command is doing. */
export async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  // Else the interface keeps it to itself, and nobody ever answers.
  lines.once('SIGINT', () => {
    ended.abort();
    process.emit('SIGINT');
  });
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: ended.signal });
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (ended.signal.aborted) {
      return false;
    }
    throw error;
  } finally {
    lines.close();
  }
}
