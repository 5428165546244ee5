import { deployed } from './deployed';
import { noise } from './noise';
import { missingRole, trustedAccessOff } from './organization-trail';
import { refusals } from './refusals';
import type { Scene } from './scene';

/** What plays when nobody brings events of their own. */
export const defaultScenario: readonly Scene[] = [deployed, missingRole, ...refusals, trustedAccessOff, noise];
