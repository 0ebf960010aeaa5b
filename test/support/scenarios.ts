import { newId } from '../../src/core/id.ts';
import { requestFact, type Wanted } from '../../src/features/acquisitions/index.ts';
import type { fakeTeams } from './fake-teams.ts';
import { anOffer, aSupplier, flat } from './fiches.ts';
import { colleagues } from './organization.ts';
import { alex, nadia } from './people.ts';
import { need } from './pricing.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** A supplier's only offer, at a price a unit and a month. */
export const offerOf = (supplier: string, price: string, changes: object = {}) => ({
  offers: [
    anOffer({ id: `${supplier}-courriel`, name: `${supplier} courriel`, tiers: flat(price), ...changes }),
  ],
});

const CATALOGUE = [
  aSupplier('airelle', offerOf('airelle', '4.00')),
  aSupplier('bleuet', offerOf('bleuet', '5.00', { billing: 'annual' })),
  aSupplier(
    'canneberge',
    offerOf('canneberge', '6.00', { hosting: [{ country: 'US', region: 'VA', place: 'Ashburn' }] }),
  ),
  aSupplier('fraise', offerOf('fraise', '1.00', { minimumTermMonths: 36 })),
];

export const WANTED = { durationMonths: 18, needs: [need('courriel', 100, [13, 150])] };

/** A file of Alex and Nadia's body, whose needs four suppliers are compared for. */
export async function fileToCompare(teams: Teams): Promise<string> {
  const { catalogue, files, needs } = teams.services;
  await colleagues(teams, [alex, nadia]);
  await catalogue.publication.publish(CATALOGUE, 'command');
  const { id } = await files.create(alex, 'Courriel du ministère', newId());
  await needs.setEligibility(alex, id, { kind: 'lcop4', bound: 'yes' });
  await want(teams, id, WANTED);
  return id;
}

/** Needs of a file, as the thirteen questions would have written them. */
export async function want({ db, services }: Teams, file: string, request: Wanted): Promise<void> {
  await db.transaction((tx) => services.files.writeFact(tx, file, requestFact, request));
}

/** A trial within the guide's maxima. */
export const A_TRIAL = {
  offer: 'airelle-courriel',
  units: 30,
  days: 60,
  start: '2026-11-24',
  withoutPersonalData: 'true',
};
