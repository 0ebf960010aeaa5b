import { recipientOf } from '../../../../core/people/recipient.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { revisedRows } from '../../../../core/rows/revised.ts';
import type { sheetOrders } from '../../tables.ts';
import type { OrderedSheet } from '../rules/sheets.ts';

export type SheetOrder = typeof sheetOrders.$inferSelect;
type Rows = ReturnType<typeof revisedRows<typeof sheetOrders>>;

/** How far the sheets of an order are released: one after the other, each said once. */
export function buildOrderProgress(db: Db, deliveries: Deliveries, rows: Rows) {
  /** Its author has the receipt. */
  async function tellDone(tx: Tx, order: SheetOrder): Promise<void> {
    const { id, objectId } = order;
    if (objectId === '') return;
    const key = `sheets:${id}/done`;
    const notice = { kind: 'evaluations.sheetsDone', key, about: `sheets:${id}`, subject: { sheets: id } };
    await deliveries.address(tx, notice, [recipientOf(order)]);
  }

  return {
    /** The next sheet of an order to release; undefined when there is none. */
    async nextSheet(id: string): Promise<{ row: SheetOrder; sheet: OrderedSheet } | undefined> {
      const row = await rows.find(db, id);
      const sheet = row.state === 'approved' ? row.sheets[row.done] : undefined;
      return sheet && { row, sheet };
    },

    /** A sheet was released, or could not be, and why. False where another process said so first. */
    treated: (id: string, at: number, why: string | undefined): Promise<boolean> =>
      db.transaction(async (tx) => {
        const row = await rows.hold(tx, id);
        const sheet = row.sheets[at];
        if (row.state !== 'approved' || row.done !== at || !sheet) return false;
        const { supplier, year, name } = sheet;
        const over = at + 1 === row.sheets.length;
        const written = await rows.write(tx, row, {
          done: at + 1,
          left: why === undefined ? row.left : [...row.left, { supplier, year, name, why }],
          ...(over && { state: 'done' as const }),
        });
        if (over) await tellDone(tx, written);
        return true;
      }),
  };
}
