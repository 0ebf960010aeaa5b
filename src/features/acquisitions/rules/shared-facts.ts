import { z } from 'zod';
import { KINDS, SAID } from './eligibility.ts';
import { fact } from './fact.ts';

// What one feature tells and another reads, neither above the other: declared here, where both see it.

/** What a body says of itself, and whether article 48 of the RCTI binds it: two questions. */
export const Eligibility = z.object({
  kind: z.enum(KINDS),
  bound: z.enum(SAID).optional(),
  condition: z.enum(SAID).optional(),
  /** What versions that drew it from the kind read. */
  rcti: z.boolean(),
});
export type Eligibility = z.output<typeof Eligibility>;
export const eligibilityFact = fact('eligibility', Eligibility);

/** What is to be priced, as the answers make it; nothing while one of its questions is open. The pricing rules judge it. */
export const Wanted = z.object({
  durationMonths: z.number().optional(),
  needs: z
    .array(
      z.object({
        category: z.string(),
        quantities: z.array(z.object({ fromMonth: z.number(), units: z.number() })),
      }),
    )
    .optional(),
  requirements: z
    .object({
      hosting: z.string().optional(),
      minAvailability: z.string().optional(),
      trainingLanguages: z.array(z.string()).optional(),
      features: z.array(z.string()).optional(),
    })
    .optional(),
});
export type Wanted = z.output<typeof Wanted>;
export const requestFact = fact('request', Wanted);

/** The budget that the answers give, in dollars before taxes, for the whole duration; none while it is not said. */
const Budget = z.object({ dollars: z.number().optional() });
export const budgetFact = fact('budget', Budget);

/** The supplier that a client chose, with the sealed comparison that supports it. */
export const Choice = z.object({
  supplier: z.string(),
  name: z.string(),
  seal: z.string(),
  priceCents: z.string(),
  gapCents: z.string(),
  lowest: z.boolean(),
  on: z.string(),
  /** What the body had said of itself; older choices kept nothing of it. */
  kind: z.enum(KINDS).optional(),
  bound: z.enum(SAID).optional(),
});
export type Choice = z.output<typeof Choice>;
export const choiceFact = fact('choice', Choice);
