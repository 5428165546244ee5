/** The message that the schedule sends every minute, so that nothing waits for another event. */
export const SWEEP_MESSAGE = { trailmend: 'sweep' } as const;

const BODY = JSON.stringify(SWEEP_MESSAGE);

/** Whether a message of the queue asks for a sweep. Anything else is an event. */
export function isSweep(body: string): boolean {
  return body.trim() === BODY;
}
