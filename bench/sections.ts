import { coldStart } from './cold-start';
import { core } from './core';
import { handler } from './handler';
import { scan } from './scan';
import type { Section } from './section';
import { storm } from './storm';

/** Everything that is measured, in this order. */
export const SECTIONS: readonly Section[] = [core, scan, coldStart, handler, storm];
