import { z } from 'zod';
import { choiceFact, fact } from '../../acquisitions/index.ts';

/** The authorization of the « dirigeant d'organisme », and the choice, the price and the fiches that it is for (guide 3.4.3). */
const Authorization = z.object({
  reference: z.string(),
  date: z.string(),
  /** Older ones named nothing: they are for no choice any more. */
  supplier: z.string().optional(),
  priceCents: z.string().optional(),
  seal: z.string().optional(),
  /** That choice itself, once another one took its place: made again as it was, it is authorized again. */
  choice: choiceFact.schema.optional(),
});
export type Authorization = z.output<typeof Authorization>;
export const authorizationFact = fact('authorization', Authorization);

/** The cheapest scenario of a comparison, and the needs that it was for. */
const Cheapest = z.object({
  supplier: z.string(),
  priceCents: z.string(),
  /** The hash of the request; older ones kept nothing of it. */
  request: z.string().optional(),
});
export type Cheapest = z.output<typeof Cheapest>;

/** The cheapest scenario of the latest sealed comparison. */
export const lastSealFact = fact('lastSeal', Cheapest);

/** The cheapest scenario when somebody looked at the comparison last, or sealed it. */
export const comparedFact = fact('compared', Cheapest);

/** The offers that were seen to meet the needs, and kept as the shortlist (guide 3.3). */
const Shortlist = z.object({ offers: z.array(z.string()).readonly() });
export const shortlistFact = fact('shortlist', Shortlist);

/** What the members of a file were told last of what became of their scenario: it is told once. */
export const toldFact = fact('alert', z.object({ sentence: z.string() }));

/** A question of precision put to a supplier, and the answer. */
const Clarification = z.object({
  id: z.string(),
  supplier: z.string(),
  question: z.string(),
  askedOn: z.string(),
  dueOn: z.string(),
  answer: z.string().optional(),
  answeredOn: z.string().optional(),
});
export type Clarification = z.output<typeof Clarification>;

/** A trial of an offer, free and without commitment. */
const Trial = z.object({
  id: z.string(),
  offer: z.string(),
  /** Older ones kept nothing of it. */
  askedOn: z.string().optional(),
  units: z.number(),
  start: z.string(),
  end: z.string(),
  result: z.string().optional(),
});
export type Trial = z.output<typeof Trial>;

/** Another criterion than the price, in relation with the object of the contract (guide 3.4.2). */
const Criterion = z.object({
  id: z.string(),
  name: z.string(),
  /** 1 to 5. */
  weight: z.number(),
  note: z.string(),
});
export type Criterion = z.output<typeof Criterion>;

/** What supports the choice beside the prices: questions to suppliers, trials, other criteria. */
const Support = z.object({
  clarifications: z.array(Clarification).readonly(),
  trials: z.array(Trial).readonly(),
  criteria: z.array(Criterion).readonly(),
});
export type Support = z.output<typeof Support>;
export const supportFact = fact('support', Support);
