import { and, count, desc, eq } from 'drizzle-orm';
import { wrongField } from '../../../core/cards/refused.ts';
import { CourtierError } from '../../../core/errors.ts';
import type { Id } from '../../../core/id.ts';
import type { Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import type { Records } from '../recording/store/records.ts';
import { invoices } from '../tables.ts';

export type Invoice = typeof invoices.$inferSelect;

const MOST_INVOICES = 1_000;

/** The invoices that a client paid: what management fees are counted on (guide 4.3). */
export function buildInvoicing({ db, audit, quotas, now, today, find, changing }: Records) {
  return {
    async invoices(id: string, person: PersonKey): Promise<Invoice[]> {
      await find(id, person);
      return db.select().from(invoices).where(eq(invoices.contractId, id)).orderBy(desc(invoices.paidOn));
    },

    /** Notes an invoice that was paid; the same effect twice is one. */
    addInvoice: (
      person: Person,
      id: string,
      invoice: { readonly paidOn: string; readonly amount: number; readonly note: string },
      effect: Id,
    ): Promise<void> =>
      changing(person, id, async (tx, { signedOn }) => {
        const { paidOn, amount: amountCents, note } = invoice;
        if (paidOn < signedOn || paidOn > today().toString())
          throw wrongField('paidOn', 'Le paiement est entre la signature du contrat et aujourd’hui.');
        const row = { id: effect, contractId: id, paidOn, amountCents, note, createdAt: now() };
        const added = await tx
          .insert(invoices)
          .values(row)
          .onConflictDoNothing()
          .returning({ id: invoices.id });
        if (added.length === 0) return;
        await quotas.spend(tx, person, 'contracts.addInvoice');
        const [held] = await tx.select({ n: count() }).from(invoices).where(eq(invoices.contractId, id));
        if ((held?.n ?? 0) > MOST_INVOICES)
          throw new CourtierError('refused', `Un contrat garde au plus ${MOST_INVOICES} factures.`);
        await audit.record(tx, person, 'contract.invoice', id);
      }),

    dropInvoice: (person: Person, id: string, invoice: string): Promise<void> =>
      changing(person, id, async (tx) => {
        const gone = await tx
          .delete(invoices)
          .where(and(eq(invoices.id, invoice), eq(invoices.contractId, id)))
          .returning({ id: invoices.id });
        if (gone.length > 0) await audit.record(tx, person, 'contract.dropInvoice', id);
      }),
  };
}
