import { cloudtrail } from './cloudtrail';
import { iam } from './iam';
import type { Service } from './operation';
import { organizations } from './organizations';
import { sns } from './sns';
import { sts } from './sts';

/** The services of the local endpoint, by the name that signatures give them. */
export const SERVICES: Readonly<Record<string, Service>> = { cloudtrail, iam, organizations, sns, sts };
