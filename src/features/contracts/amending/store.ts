import { and, desc, eq, sql } from 'drizzle-orm';
import { CourtierError } from '../../../core/errors.ts';
import type { Id } from '../../../core/id.ts';
import type { Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import type { Records } from '../recording/store/records.ts';
import { amendments } from '../tables.ts';
import { type AmendmentKind, obstacleTo } from './rules.ts';

export type Amendment = typeof amendments.$inferSelect;

const MOST_AMENDMENTS = 100;
const day = (text: string) => Temporal.PlainDate.from(text);

/** A contract's amendments: checked, prepared by the broker, signed by both (guide 4.4). */
export function buildAmending({ db, audit, now, today, find, changing, touch }: Records) {
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
    amend: (
      person: Person,
      id: string,
      wanted: {
        readonly kind: AmendmentKind;
        readonly text: string;
        readonly newEnd: string;
        readonly newAmount: number | '';
      },
      effect: Id,
    ): Promise<void> =>
      // One at a time: each takes the next number.
      changing(person, id, async (tx, contract) => {
        const newEnd = wanted.newEnd === '' ? undefined : day(wanted.newEnd);
        const obstacle = obstacleTo(wanted.kind, { startsOn: day(contract.startsOn) }, newEnd);
        if (obstacle) throw new CourtierError('refused', obstacle);
        if (wanted.kind === 'amount' && wanted.newAmount === '')
          throw new CourtierError('refused', 'Écrivez le nouveau montant.');
        const held = await tx
          .select({ id: amendments.id, number: amendments.number })
          .from(amendments)
          .where(eq(amendments.contractId, id))
          .orderBy(desc(amendments.number));
        if (held.some((row) => row.id === effect)) return;
        const [last] = held;
        const number = (last?.number ?? 0) + 1;
        if (number > MOST_AMENDMENTS)
          throw new CourtierError('refused', `Un contrat garde au plus ${MOST_AMENDMENTS} avenants.`);
        await tx.insert(amendments).values({
          id: effect,
          contractId: id,
          number,
          kind: wanted.kind,
          text: wanted.text,
          newEnd: wanted.kind === 'end' ? wanted.newEnd : null,
          newAmountCents: wanted.kind === 'amount' && wanted.newAmount !== '' ? wanted.newAmount : null,
          createdAt: now(),
        });
        await audit.record(tx, person, 'contract.amend', id);
      }),

    /** An amendment was signed by both: it is in force, and its copy is due to the broker. */
    signAmendment: (person: Person, id: string, amendment: string, signedOn: string): Promise<void> =>
      changing(person, id, async (tx, contract) => {
        if (signedOn < contract.signedOn || signedOn > today().toString())
          throw new CourtierError('refused', 'La date est entre la signature du contrat et aujourd’hui.');
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
      }),

    dropAmendment: (person: Person, id: string, amendment: string): Promise<void> =>
      changing(person, id, async (tx) => {
        const gone = await tx
          .delete(amendments)
          .where(
            and(
              eq(amendments.id, amendment),
              eq(amendments.contractId, id),
              sql`${amendments.signedOn} is null`,
            ),
          )
          .returning({ id: amendments.id });
        if (gone.length > 0) await audit.record(tx, person, 'contract.dropAmendment', id);
      }),
  };
}
