import { athena } from './athena';
import { cloudformation } from './cloudformation';
import { cloudtrail } from './cloudtrail';
import { cloudwatch } from './cloudwatch';
import { dynamodb } from './dynamodb';
import { events } from './events';
import { iam } from './iam';
import { kms } from './kms';
import type { Service } from './operation';
import { organizations } from './organizations';
import { s3 } from './s3';
import { sns } from './sns';
import { sqs } from './sqs';
import { sts } from './sts';

/** The services of the local endpoint, by the name that policies and signatures give them. */
export const SERVICES: Readonly<Record<string, Service>> = {
  athena,
  cloudformation,
  cloudtrail,
  cloudwatch,
  dynamodb,
  events,
  iam,
  kms,
  organizations,
  s3,
  sns,
  sqs,
  sts,
};
