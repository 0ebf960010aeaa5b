import { z } from 'zod';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { Id } from '../../../../core/id.ts';
import { type Download, EXCEL } from '../../../../core/routes/pages.ts';
import { action } from '../../../../core/routes/turns.ts';
import { count } from '../../../../core/text/text.ts';
import type { ResultServices } from '../../results/screens/actions.ts';
import { sheetLink } from '../../results/screens/sheets.ts';
import { linkCard } from '../../screens/parts.ts';
import { keyOfSheet } from '../rules/sheets.ts';
import type { SheetOrder } from '../store/orders.ts';
import type { SheetServices } from './actions.ts';
import * as schema from './schema.ts';

type Services = SheetServices & ResultServices;

const NONE = 'Aucune de ces fiches n’a encore de lien.';

/** The links of the sheets of an order, for the staff to hand over to each supplier. */
export const sheetLinks = action(
  'evaluations.sheetLinks',
  schema.KnownOrder,
  async (turn, { order }, services: Services) => {
    const { state } = await services.sheetOrders.findOrder(order);
    if (state !== 'done') throw new CourtierError('refused', NONE);
    const url = await services.links.issue('evaluationSheetLinks', { ...whoseKey(turn.person), order });
    await turn.reply(linkCard('Le classeur des liens à remettre est prêt', 'Télécharger (.xlsx)', url));
    turn.notify('Le lien est ci-dessous.');
  },
  'staff',
);

const whoseKey = ({ tenantId, objectId }: { readonly tenantId: string; readonly objectId: string }) => ({
  tenantId,
  objectId,
});

const Whose = z.strictObject({ tenantId: z.string(), objectId: z.string(), order: Id });

/** A row for each sheet that was released, and is still. */
async function linkRows(
  { sheets, left }: SheetOrder,
  person: Omit<z.output<typeof Whose>, 'order'>,
  services: Services,
) {
  const others = new Set(left.map(keyOfSheet));
  const name = (await services.people.names([person])).get(person.objectId) ?? '';
  const released = sheets.filter((sheet) => !others.has(keyOfSheet(sheet)));
  const releases = new Map(
    (await services.results.findReleases(released)).map((row) => [
      keyOfSheet({ supplier: row.supplierId, year: row.year }),
      row,
    ]),
  );
  const rows = [];
  for (const { supplier, year, name: supplierName } of released) {
    const held = releases.get(keyOfSheet({ supplier, year }));
    if (!held?.active) continue;
    const { url } = await sheetLink({ supplier, year }, held, { ...person, name }, services);
    rows.push([supplierName, year, url]);
  }
  return rows;
}

/** The same as a workbook, for whoever asked, if they are of the staff still. */
export async function downloadSheetLinks(subject: unknown, services: Services): Promise<Download> {
  const { order, ...person } = Whose.parse(subject);
  if (!(await services.people.may(person, 'staff'))) throw notFound();
  const row = await services.sheetOrders.findOrder(order);
  const rows = await linkRows(row, person, services);
  return {
    fileName: `liens-fiches_${row.number}.xlsx`,
    mediaType: EXCEL,
    body: await services.documents.workbook([
      {
        name: 'Liens',
        heading: [
          `Fiches de résultats (demande nº ${row.number})`,
          `${count(rows.length, 'lien')}. Chacun est pour son fournisseur : quiconque le détient lit la fiche.`,
        ],
        columns: [
          { title: 'Fournisseur', width: 36 },
          { title: 'Année', width: 8 },
          { title: 'Lien à remettre', width: 110 },
        ],
        rows,
      },
    ]),
  };
}
