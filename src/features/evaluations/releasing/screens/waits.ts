import type { Wait } from '../../../../core/routes/waiting.ts';
import { count } from '../../../../core/text/text.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import { byBroker } from '../../../../core/time/due.ts';
import type { SheetServices } from './actions.ts';
import { sheetsText } from './texts.ts';

/** Business days in which a second person means to read what is to be released: a mark of the broker's. */
const SHEETS_DAYS = 1;

/** Sheets that wait for a second person. */
export async function sheetWaits({
  sheetOrders,
  days,
}: Pick<SheetServices, 'sheetOrders'> & { readonly days: BusinessDays }): Promise<Wait[]> {
  return (await sheetOrders.awaitingSheets()).map(({ id, number, sheets, name, updatedAt }) => ({
    id,
    title: `${count(sheets.length, 'fiche')} de résultats à approuver (demande nº ${number})`,
    text: sheetsText(sheets),
    person: name,
    since: updatedAt,
    due: {
      ...byBroker('SHEETS_DAYS, dans le code'),
      on: days.add(brokerDate(updatedAt), SHEETS_DAYS),
    },
  }));
}
