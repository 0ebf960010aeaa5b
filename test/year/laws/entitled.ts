import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { PricingRequest } from '../../../src/features/scenarios/index.ts';
import { bruteForce } from '../../features/scenarios/pricing/brute-force.ts';
import { rowsOf } from '../../support/rows.ts';
import { factsOf, fichesOf } from '../facts.ts';
import { judged, type Law, nothing } from '../law.ts';
import type { World } from '../world.ts';

const Chosen = z.object({ supplier: z.string(), priceCents: z.string(), seal: z.string() });
const Said = z.object({ bound: z.string().optional() });
const Given = z.object({
  supplier: z.string().optional(),
  priceCents: z.string().optional(),
  seal: z.string().optional(),
  date: z.string(),
});

/** Why a file may not lead to a meeting now, reckoned anew: the price by brute force, the authorization from its facts. */
async function refusalOf(world: World, file: string): Promise<string | undefined> {
  const facts = await factsOf(world, file);
  const choice = Chosen.safeParse(facts.get('choice')).data;
  if (!choice) return 'nothing is chosen';
  const request = PricingRequest.safeParse(facts.get('request')).data;
  if (!request) return 'nothing can be priced';
  const { suppliers } = bruteForce(request, await fichesOf(world));
  const own = suppliers.find(({ supplier }) => supplier === choice.supplier);
  if (!own) return `${choice.supplier} has no scenario`;
  if (String(own.priceCents) !== choice.priceCents)
    return `the price is ${own.priceCents}, and was chosen at ${choice.priceCents}`;
  const bound = Said.safeParse(facts.get('eligibility')).data?.bound ?? 'unknown';
  if (bound === 'no' || own.priceCents === suppliers[0]?.priceCents) return undefined;
  const given = Given.safeParse(facts.get('authorization')).data;
  if (!given) return `article 48 binds (${bound}), the price is not the lowest, and nothing authorizes it`;
  return given.supplier === choice.supplier &&
    given.priceCents === choice.priceCents &&
    given.seal === choice.seal
    ? undefined
    : 'the authorization is for another choice';
}

const Row = z.object({ file: z.string(), number: z.number() });

/** A meeting is asked for only by a choice that stands, and with the authorization that article 48 wants for it. */
export const entitled: Law = {
  id: 'no meeting without what 3.4.3 demands',
  from: 'guide, 3.4.3 and 3.5',
  async turn({ effects }, world) {
    if (!effects.includes('kickoffs +1')) return nothing;
    const rows = await rowsOf(
      world.db,
      sql`select acquisition_id as file, number from kickoffs order by number desc limit 1`,
      Row,
    );
    const wrong: string[] = [];
    for (const { file, number } of rows) {
      const refusal = await refusalOf(world, file);
      if (refusal) wrong.push(`meeting nº ${number}: ${refusal}`);
    }
    return judged(rows.length, ...wrong);
  },
};
