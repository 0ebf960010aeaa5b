import { z } from 'zod';
import { ORGANIZATION_IDS } from '../../core/guide/index.ts';
import { fact } from './fact.ts';
import { type Step, StepReport } from './steps.ts';

// What one feature tells and another reads, neither above the other: declared here, where both see it.

/** What the feature in charge of each step says of it. */
export const STEP_FACTS = {
  needs: fact('step:needs', StepReport),
  catalogue: fact('step:catalogue', StepReport),
  shortlist: fact('step:shortlist', StepReport),
  choice: fact('step:choice', StepReport),
  contract: fact('step:contract', StepReport),
} as const satisfies Record<Step, unknown>;

/** A sentence that the file shows first; empty when there is none. */
export const alertFact = fact('alert', z.object({ sentence: z.string() }));

/** The kinds of organization that may buy from the catalogue (guide 2.4). */
export const KINDS = ORGANIZATION_IDS;
export type Kind = (typeof KINDS)[number];

/** What kind of organization buys, and whether article 48 of the RCTI binds it. */
export const Eligibility = z.object({ kind: z.enum(KINDS), rcti: z.boolean() });
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

/** The supplier that a client chose, with the sealed comparison that supports it. */
export const Choice = z.object({
  supplier: z.string(),
  name: z.string(),
  seal: z.string(),
  priceCents: z.string(),
  gapCents: z.string(),
  lowest: z.boolean(),
  on: z.string(),
});
export type Choice = z.output<typeof Choice>;
export const choiceFact = fact('choice', Choice);
