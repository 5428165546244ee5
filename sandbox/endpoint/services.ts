import { cloudtrail } from './cloudtrail';
import { dynamodb } from './dynamodb';
import { iam } from './iam';
import type { Service } from './operation';
import { organizations } from './organizations';
import { sns } from './sns';
import { sts } from './sts';

/** The services of the local endpoint, by the name that signatures give them. */
export const SERVICES: Readonly<Record<string, Service>> = { cloudtrail, dynamodb, iam, organizations, sns, sts };
