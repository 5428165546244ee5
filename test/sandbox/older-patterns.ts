import { type Patterns, PREVIOUS_PATTERNS } from '../../lib/event-patterns';

/** A version before this one, invented: it heard throttled calls to CloudTrail as well, and less of other services. */
export const OLDER_PATTERNS: Patterns = {
  version: 0,
  cloudTrail: {
    source: ['aws.cloudtrail'],
    detail: { errorCode: [{ prefix: 'AccessDenied' }, { prefix: 'Throttl' }] },
  },
  neighbours: { source: ['aws.iam'], detail: { errorCode: [{ prefix: 'AccessDenied' }] } },
};

// Whoever loads this module before the app synthesizes a hub that goes on hearing that version.
(PREVIOUS_PATTERNS as Patterns[]).push(OLDER_PATTERNS);
