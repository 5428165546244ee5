import { z } from 'zod';
import { CASES } from '../lambda/cases';
import { endOf, matchesPattern, SUPPRESSIBLE, type Suppression } from '../lambda/incidents/suppression';

/** Longest list as JSON, in bytes of UTF-8: a function's environment holds 4 KB in all. */
const LONGEST = 2_500;

/** How far ahead the last day may be: a review that never comes is no review. */
const LONGEST_DAYS = 366;

const DAY = 24 * 3_600_000;

/** Cases that are told, and so can be suppressed. */
const TOLD = CASES.map(({ id }) => id).filter((id) => id !== 'not-covered');

const pattern = z.string().trim().min(1);

/** What a suppression may name. What can never match is a mistake: nobody would notice that it suppresses nothing. */
const named = {
  case: pattern
    .refine((text) => TOLD.some((id) => matchesPattern(text, id)), `no case is like that; there are ${TOLD.join(', ')}`)
    .optional(),
  principal: pattern.optional(),
  account: pattern
    .refine(
      (text) => /^\d{12}$/.test(text) || (/^[\d*]*\*[\d*]*$/.test(text) && text.replaceAll('*', '').length <= 12),
      'an account is 12 digits, or fewer with * for any others',
    )
    .optional(),
  action: pattern
    .refine(
      (text) => text.includes('*') || /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(text),
      'an action is written service:Operation, such as cloudtrail:GetTrail or cloudtrail:Get*',
    )
    .optional(),
  resource: pattern.optional(),
} satisfies Record<(typeof SUPPRESSIBLE)[number], z.ZodType>;

const suppression: z.ZodType<Suppression> = z
  .strictObject({
    ...named,
    reason: z.string('a reason is required').trim().min(1, 'a reason is required'),
    expires: z.string('an expiry date (YYYY-MM-DD) is required').superRefine((expires, context) => {
      const end = endOf(expires);
      if (Number.isNaN(end) || new Date(end - 1).toISOString().slice(0, 10) !== expires) {
        context.addIssue({ code: 'custom', message: 'the expiry date must be a day, YYYY-MM-DD' });
      } else if (end <= Date.now()) {
        context.addIssue({ code: 'custom', message: 'it has expired; extend it after a review, or remove it' });
      } else if (end > Date.now() + (LONGEST_DAYS + 1) * DAY) {
        const message = `the last day may be at most ${LONGEST_DAYS} days ahead, so that somebody reviews it by then`;
        context.addIssue({ code: 'custom', message });
      }
    }),
  })
  .refine((entry) => SUPPRESSIBLE.some((name) => entry[name] !== undefined), {
    message: `it must name at least one of ${SUPPRESSIBLE.join(', ')}`,
  })
  .refine((entry) => !SUPPRESSIBLE.every((name) => /^\**$/.test(entry[name] ?? '')), {
    message: 'it would suppress everything',
  });

/** The setting `suppressions`: what is counted and shown, but not told. Each entry is reviewed, so it says why and until when. */
export const suppressions = z
  .array(suppression)
  .refine((list) => Buffer.byteLength(JSON.stringify(list)) <= LONGEST, {
    message: `together they are longer than ${LONGEST} bytes as JSON; use wildcards and shorter reasons`,
  })
  .default([]);
