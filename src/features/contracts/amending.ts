import { and, desc, eq, sql } from 'drizzle-orm';
import { CourtierError } from '../../core/errors.ts';
import { newId } from '../../core/id.ts';
import type { Person } from '../../core/turn.ts';
import type { PersonKey } from '../people/index.ts';
import { type AmendmentKind, obstacleTo } from './amendments.ts';
import type { Records } from './records.ts';
import { amendments, contracts } from './tables.ts';

export type Amendment = typeof amendments.$inferSelect;

const MOST_AMENDMENTS = 100;
const day = (text: string) => Temporal.PlainDate.from(text);

/** A contract's amendments: checked, prepared by the broker, signed by both (guide 4.4). */
export function buildAmending({ db, audit, now, today, find, touch }: Records) {
  return {
    async amendments(id: string, person: PersonKey): Promise<Amendment[]> {
      await find(id, person);
      return db
        .select()
        .from(amendments)
        .where(eq(amendments.contractId, id))
        .orderBy(desc(amendments.number));
    },

    /** Notes an amendment to ask of the broker, who prepares it. One that the guide does not allow is explained. */
    async amend(
      person: Person,
      id: string,
      wanted: {
        readonly kind: AmendmentKind;
        readonly text: string;
        readonly newEnd: string;
        readonly newAmount: number | '';
      },
    ): Promise<void> {
      const contract = await find(id, person);
      const newEnd = wanted.newEnd === '' ? undefined : day(wanted.newEnd);
      const obstacle = obstacleTo(wanted.kind, { startsOn: day(contract.startsOn) }, newEnd);
      if (obstacle) throw new CourtierError('refused', obstacle);
      if (wanted.kind === 'amount' && wanted.newAmount === '')
        throw new CourtierError('refused', 'Écrivez le nouveau montant.');
      await db.transaction(async (tx) => {
        // One at a time: each takes the next number.
        await tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.id, id)).for('update');
        const [last] = await tx
          .select({ number: amendments.number })
          .from(amendments)
          .where(eq(amendments.contractId, id))
          .orderBy(desc(amendments.number))
          .limit(1);
        const number = (last?.number ?? 0) + 1;
        if (number > MOST_AMENDMENTS)
          throw new CourtierError('refused', `Un contrat garde au plus ${MOST_AMENDMENTS} avenants.`);
        await tx.insert(amendments).values({
          id: newId(),
          contractId: id,
          number,
          kind: wanted.kind,
          text: wanted.text,
          newEnd: wanted.kind === 'end' ? wanted.newEnd : null,
          newAmountCents: wanted.kind === 'amount' && wanted.newAmount !== '' ? wanted.newAmount : null,
          createdAt: now(),
        });
        await audit.record(tx, person, 'contract.amend', id);
      });
    },

    /** An amendment was signed by both: it is in force, and its copy is due to the broker. */
    async signAmendment(person: Person, id: string, amendment: string, signedOn: string): Promise<void> {
      const contract = await find(id, person);
      if (signedOn < contract.signedOn || signedOn > today().toString())
        throw new CourtierError('refused', 'La date est entre la signature du contrat et aujourd’hui.');
      await db.transaction(async (tx) => {
        const [signed] = await tx
          .update(amendments)
          .set({ signedOn })
          .where(
            and(
              eq(amendments.id, amendment),
              eq(amendments.contractId, id),
              sql`${amendments.signedOn} is null`,
            ),
          )
          .returning();
        if (!signed) return;
        const { newEnd, newAmountCents } = signed;
        const obstacle = obstacleTo(
          signed.kind,
          { startsOn: day(contract.startsOn) },
          newEnd ? day(newEnd) : undefined,
        );
        if (obstacle) throw new CourtierError('refused', obstacle);
        await touch(tx, id, {
          ...(newEnd && { endsOn: newEnd }),
          ...(newAmountCents !== null && { amountCents: newAmountCents }),
        });
        await audit.record(tx, person, 'contract.signAmendment', id);
      });
    },

    async dropAmendment(person: Person, id: string, amendment: string): Promise<void> {
      await find(id, person);
      await db
        .delete(amendments)
        .where(
          and(
            eq(amendments.id, amendment),
            eq(amendments.contractId, id),
            sql`${amendments.signedOn} is null`,
          ),
        );
      await audit.record(db, person, 'contract.dropAmendment', id);
    },
  };
}
