import { sql } from 'drizzle-orm';
import { newId } from '../../src/core/id.ts';
import type { Person } from '../../src/core/turn.ts';
import { aContract } from './contracts.ts';
import { evaluating, ofBodies } from './evaluations.ts';
import type { fakeTeams } from './fake-teams.ts';
import { diane } from './people.ts';
import type { ShownCard } from './shown-card.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** Suppliers that so many bodies each evaluated in a campaign; its id. */
export async function evaluatedSuppliers(
  teams: Teams,
  bodies = 3,
  suppliers: readonly string[] = ['airelle', 'bleuet'],
): Promise<string> {
  const { campaign, submit } = evaluating(teams);
  const who = await ofBodies(teams, bodies);
  for (const person of who)
    for (const supplier of suppliers)
      await aContract(teams, { title: `Contrat de ${supplier}`, supplier }, person);
  const id = await campaign();
  for (const person of who) {
    const { rows } = await teams.services.evaluations.evaluationsPage(person, 1, 50);
    for (const { evaluation } of rows) await submit(evaluation.id, '4', {}, person);
  }
  return id;
}

/** So many suppliers that three bodies each evaluated in 2025, written at once. */
export async function manyEvaluated({ db }: Pick<Teams, 'db'>, count: number): Promise<void> {
  const campaign = newId();
  await db.execute(sql`insert into evaluation_campaigns
    (id, kind, name, year, form, state, opens_on, closes_on, created_at, updated_at)
    values (${campaign}::uuid, 'window', 'Évaluations 2025', 2025, 'x', 'closed', '2025-11-01', '2025-12-15', now(), now())`);
  await db.execute(sql`insert into evaluations
    (id, campaign_id, contract_id, supplier_id, organization_id, year, final, form, state, opens_on, closes_on,
      responsible_tenant, responsible_id, submitted_at, created_at)
    select gen_random_uuid(), ${campaign}::uuid, gen_random_uuid(), 'fournisseur-' || lpad(n::text, 4, '0'),
      gen_random_uuid(), 2025, false, 'x', 'submitted', '2025-11-01', '2025-12-15', '', '',
      '2025-12-01T12:00:00Z', '2025-11-01T12:00:00Z'
    from generate_series(1, ${count}::int) n, generate_series(1, 3)`);
  await db.execute(sql`insert into evaluation_scores (evaluation_id, criterion, supplier_id, year, score)
    select id, 'overall', supplier_id, year, 4 from evaluations where campaign_id = ${campaign}::uuid`);
}

/** What the staff do with many sheets. */
export function sheets(teams: Teams) {
  const prepared = (act: 'release' | 'withdraw', data: object = {}, person: Person = diane) =>
    teams.mustPress(person, 'evaluations.prepareSheets', {
      act,
      [act === 'release' ? 'allRelease' : 'allWithdraw']: 'true',
      ...data,
    });
  return {
    prepared,

    /** Confirms what a card asks, and waits for what it makes due. */
    async confirmed(card: ShownCard, title: string, person: Person = diane): Promise<ShownCard> {
      const shown = await teams.mustClick(person, card, title);
      await teams.runJobs();
      return shown;
    },

    /** Which suppliers have a sheet that may be read. */
    released: async (year = 2026): Promise<string[]> => {
      const { items } = await teams.services.sheetList.sheetPage(
        { campaign: '', supplier: '', year: String(year), state: 'all' },
        1,
        1_000,
      );
      return items
        .filter(({ state }) => state === 'released' || state === 'behind')
        .map(({ supplier }) => supplier);
    },
  };
}
