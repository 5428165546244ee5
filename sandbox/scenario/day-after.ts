import type { Scene } from './scene';

const HOUR = 3_600_000;

/** The windows end and the daily digest comes: what could wait is told. */
export const dayAfter: Scene = {
  title: 'The day goes by, and the digest comes',
  play: (sandbox) => sandbox.settle(26 * HOUR),
};
