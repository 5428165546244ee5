import type { World } from './incident-world';

const HOUR = 3_600_000;

/** A course of events that needs certain calls of the responder. */
export type Story = { readonly name: string; readonly play: (world: World) => Promise<void> };

/**
 * Together they make the responder do everything it can: mend, tell at once, gather, close a window, put a flood together, send the
 * digest.
 */
export const STORIES: readonly Story[] = [
  {
    name: 'missing role',
    play: async ({ refuse, settle }) => {
      refuse('role');
      await settle();
    },
  },
  {
    name: 'high severity, twice, and one copy',
    play: async ({ refuse, repeat, settle }) => {
      const first = refuse('guardrail');
      await settle();
      refuse('guardrail');
      repeat(first, 'other');
      await settle();
    },
  },
  {
    name: 'gathered, then a window with news',
    play: async ({ refuse, settle }) => {
      refuse('writer-1');
      await settle();
      refuse('writer-1');
      await settle(2 * HOUR);
    },
  },
  {
    name: 'storm and its digest',
    play: async ({ refuse, settle }) => {
      const writers = ['writer-1', 'writer-2', 'writer-3', 'writer-4', 'writer-5', 'writer-6'] as const;
      for (const writer of writers) refuse(writer);
      await settle();
      for (const writer of writers) refuse(writer);
      await settle(3 * HOUR);
    },
  },
  {
    name: 'daily digest',
    play: async ({ refuse, settle }) => {
      refuse('reader-1');
      await settle(26 * HOUR);
    },
  },
];
