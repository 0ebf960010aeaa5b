import type { Card } from '../../../../core/card.ts';
import { frenchDay } from '../../../../core/clock.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { byBroker } from '../../../../core/time/due.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import { correctionOf } from './actions.ts';

/** Business days in which a second person means to read a correction: a mark of the broker's. */
const CORRECTION_DAYS = 1;

interface WaitServices extends Pick<CatalogueServices, 'catalogue'> {
  readonly days: BusinessDays;
}

/** Corrections that wait for a second person. */
export async function correctionWaits({ catalogue, days }: WaitServices): Promise<Wait[]> {
  return (await catalogue.correcting.awaiting()).map(
    ({ id, content, version, reason, name, createdAt, price }) => ({
      id,
      title: `${price ? 'Correction de prix' : 'Correction'} : ${content.supplier.name}, fiche du ${frenchDay(version)}`,
      text: reason,
      person: name,
      since: createdAt,
      due: {
        ...byBroker('CORRECTION_DAYS, dans le code'),
        on: days.office.add(brokerDate(createdAt), CORRECTION_DAYS),
      },
    }),
  );
}

export const correctionCardOf = async (
  id: string,
  services: Pick<CatalogueServices, 'catalogue'>,
): Promise<Card> => correctionOf(await services.catalogue.correcting.find(id), services, undefined);
