import { CourtierError } from '../core/errors.ts';
import { requestFact } from '../features/acquisitions/index.ts';
import type { Services } from '../features/registry.ts';
import { belongs, client, staff } from './cast.ts';

const FILE = 'd0000000-0000-4000-8000-000000000002';
const KICKOFF = 'd0000000-0000-4000-8000-000000000003';
const UNITS = 120;
const MONTHS = 24;

/** A kickoff meeting of the client that is booked: chosen by both at the first moment that the staff proposed. */
export async function meeting(services: Services): Promise<void> {
  const { kickoffs } = services;
  await belongs(services);
  if (await kickoffs.ofFile(FILE)) return;
  const amount = await chosen(services);
  const { kickoff: asked } = await kickoffs.request(client, FILE, { ...DETAILS, amount }, KICKOFF);
  const { kickoff } = await kickoffs.propose(staff, asked.id, asked.revision);
  const [first] = await kickoffs.slots(kickoff);
  if (!first)
    throw new CourtierError(
      'refused',
      'Aucun moment n’est libre pour la rencontre : essayez une autre date.',
    );
  for (const party of [client, 'supplier'] as const)
    await kickoffs.choose(party, kickoff.id, kickoff.round, [first.id]);
}

/** A file whose cheapest supplier was chosen; what it costs, in cents. */
async function chosen({ db, files, needs, scenarios }: Services): Promise<number> {
  await files.create(client, 'Courriel de la Démonstration', FILE);
  await needs.setEligibility(client, FILE, { kind: 'lcop4', bound: 'yes' });
  const request = {
    durationMonths: MONTHS,
    needs: [{ category: 'courriel', quantities: [{ fromMonth: 1, units: UNITS }] }],
  };
  await db.transaction((tx) => files.writeFact(tx, FILE, requestFact, request));
  const [cheapest] = (await scenarios.comparisonOf(FILE, client)).comparison.suppliers;
  if (!cheapest)
    throw new CourtierError(
      'refused',
      'Le catalogue n’a pas d’offre de courriel à cette date : essayez une date plus tardive.',
    );
  await scenarios.choose(client, FILE, cheapest.supplier);
  return Number(cheapest.priceCents);
}

const DETAILS = {
  project: 'Remplacer le courriel du ministère, sans interruption de service.',
  existing: 'Des serveurs sur place, jusqu’à la fin de l’année.',
  months: MONTHS,
  components: 'Courriel',
  quantities: `${UNITS} boîtes dès le premier mois`,
  contactName: 'Camille Roy',
  contactEmail: 'ventes@fournisseur.example',
  never: [],
};
