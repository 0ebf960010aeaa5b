import type { PricingRequest } from '../../src/features/scenarios/index.ts';

type Category = PricingRequest['needs'][number]['category'];

/** A need of so many units, from the months given: `need('courriel', 100, [13, 120])`. */
export const need = (category: Category, units: number, ...steps: [fromMonth: number, units: number][]) => ({
  category,
  quantities: [{ fromMonth: 1, units }, ...steps.map(([fromMonth, more]) => ({ fromMonth, units: more }))],
});

export const aRequest = (changes: Partial<PricingRequest> = {}): PricingRequest => ({
  durationMonths: 12,
  needs: [need('courriel', 100)],
  ...changes,
});
