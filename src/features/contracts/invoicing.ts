import { and, count, desc, eq } from 'drizzle-orm';
import { CourtierError } from '../../core/errors.ts';
import { newId } from '../../core/id.ts';
import type { Person } from '../../core/turn.ts';
import type { PersonKey } from '../people/index.ts';
import type { Records } from './records.ts';
import { invoices } from './tables.ts';

export type Invoice = typeof invoices.$inferSelect;

const MOST_INVOICES = 1_000;

/** The invoices that a client paid: what management fees are counted on (guide 4.3). */
export function buildInvoicing({ db, audit, now, today, find }: Records) {
  return {
    async invoices(id: string, person: PersonKey): Promise<Invoice[]> {
      await find(id, person);
      return db.select().from(invoices).where(eq(invoices.contractId, id)).orderBy(desc(invoices.paidOn));
    },

    async addInvoice(
      person: Person,
      id: string,
      invoice: { readonly paidOn: string; readonly amount: number; readonly note: string },
    ): Promise<void> {
      const { signedOn } = await find(id, person);
      if (invoice.paidOn < signedOn || invoice.paidOn > today().toString())
        throw new CourtierError('refused', 'Le paiement est entre la signature du contrat et aujourd’hui.');
      const [held] = await db.select({ n: count() }).from(invoices).where(eq(invoices.contractId, id));
      if ((held?.n ?? 0) >= MOST_INVOICES)
        throw new CourtierError('refused', `Un contrat garde au plus ${MOST_INVOICES} factures.`);
      const { paidOn, amount: amountCents, note } = invoice;
      await db
        .insert(invoices)
        .values({ id: newId(), contractId: id, paidOn, amountCents, note, createdAt: now() });
      await audit.record(db, person, 'contract.invoice', id);
    },

    async dropInvoice(person: Person, id: string, invoice: string): Promise<void> {
      await find(id, person);
      await db.delete(invoices).where(and(eq(invoices.id, invoice), eq(invoices.contractId, id)));
      await audit.record(db, person, 'contract.dropInvoice', id);
    },
  };
}
