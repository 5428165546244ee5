import type { Scene } from './scene';

/** The first run of the probe: it makes the role before anybody misses it, and sends its canary to every Region. */
export const deployed: Scene = {
  title: 'Trailmend has just been deployed; a role is missing, and nobody has noticed yet',
  play: () => {},
};
