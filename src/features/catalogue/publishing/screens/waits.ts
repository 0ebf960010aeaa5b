import type { Card } from '../../../../core/card.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { count } from '../../../../core/text/text.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { byBroker } from '../../../../core/time/due.ts';
import type { People } from '../../../people/index.ts';
import type { CatalogueServices } from '../../browsing/screens/services.ts';
import { review } from './actions.ts';

/** Business days in which fiches that were dropped are confirmed or dropped again: a mark of the broker's. */
const IMPORT_DAYS = 1;

interface WaitServices extends Pick<CatalogueServices, 'catalogue'> {
  readonly days: BusinessDays;
  readonly people: Pick<People, 'names'>;
}

/** The fiches that somebody of the staff dropped, and did not publish yet. */
export async function importWaits({ catalogue, days, people }: WaitServices): Promise<Wait[]> {
  const rows = (await catalogue.uploads.waiting()).filter(({ files }) => files.length > 0);
  const names = await people.names(rows);
  return rows.map(({ id, files, refused, objectId, createdAt }) => {
    const name = names.get(objectId) ?? '';
    const wrong = refused.length > 0 ? `, ${count(refused.length, 'à corriger', 'à corriger')}` : '';
    return {
      id,
      title: `Fiches déposées : ${count(files.length, 'à confirmer', 'à confirmer')}${wrong}`,
      text: `${files.map(({ fiche }) => fiche.supplier.name).join(', ')}. Ouvrez-les pour voir ce qui change, puis confirmer.`,
      person: name,
      since: createdAt,
      due: {
        ...byBroker('IMPORT_DAYS, dans le code'),
        on: days.office.add(brokerDate(createdAt), IMPORT_DAYS),
      },
    };
  });
}

/** What was dropped, with what it would change. */
export const importCard = async (id: string, services: CatalogueServices): Promise<Card> =>
  review(await services.catalogue.uploads.findWaiting(id), services);
