import { CourtierError } from '../core/errors.ts';
import { brokerDate } from '../core/time/business-days.ts';
import type { Services } from '../features/registry.ts';
import { belongs, client, staff } from './cast.ts';

const CONTRACT = 'd0000000-0000-4000-8000-000000000004';
const CAMPAIGN = 'd0000000-0000-4000-8000-000000000005';

/** A campaign that opens today, and in it the evaluation of a contract that the client signed three months ago. */
export async function evaluation(services: Services): Promise<void> {
  const { campaigns, catalogue, clock, contracts } = services;
  await belongs(services);
  const today = brokerDate(clock.now());
  const [fiche] = (await catalogue.current()).fiches;
  if (!fiche)
    throw new CourtierError(
      'refused',
      'Le catalogue n’a pas de fournisseur à cette date : essayez une date plus tardive.',
    );
  const startsOn = today.subtract({ months: 3 });
  const contract = {
    title: 'Bureautique de la Démonstration',
    supplier: fiche.supplier.id,
    offers: fiche.offers.map(({ name }) => name).join(', '),
    signedOn: startsOn.toString(),
    startsOn: startsOn.toString(),
    endsOn: startsOn.add({ years: 2 }).subtract({ days: 1 }).toString(),
    amount: 48_000_00,
    rcti: true,
  };
  await contracts.create(client, contract, CONTRACT);
  const wanted = {
    kind: 'window',
    name: `Évaluations ${today.year}`,
    opensOn: today.toString(),
    closesOn: today.add({ days: 45 }).toString(),
    scope: {},
  } as const;
  await campaigns.start(staff, wanted, CAMPAIGN);
}
