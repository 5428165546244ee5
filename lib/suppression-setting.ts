import { z } from 'zod';
import { endOf, SUPPRESSIBLE, type Suppression } from '../lambda/incidents/suppression';

/** Longest list as JSON, in bytes of UTF-8: a function's environment holds 4 KB in all. */
const LONGEST = 2_500;

const named = Object.fromEntries(SUPPRESSIBLE.map((name) => [name, z.string().trim().min(1).optional()])) as Record<
  (typeof SUPPRESSIBLE)[number],
  z.ZodOptional<z.ZodString>
>;

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
