import type { HealthEdges } from './edges';

/** Edges that ask AWS each question once: several checks rest on the same facts. A failure is remembered as well. */
export function askedOnce(edges: HealthEdges): HealthEdges {
  const answers = new Map<string, unknown>();
  const remembered = Object.entries(edges).map(([name, ask]) => {
    const once = (...args: unknown[]) => {
      const question = JSON.stringify([name, ...args]);
      const answer = answers.get(question) ?? (ask as (...args: unknown[]) => unknown)(...args);
      answers.set(question, answer);
      return answer;
    };
    return [name, once];
  });
  return Object.fromEntries(remembered) as HealthEdges;
}
