import { and, desc, eq } from 'drizzle-orm';
import { refused, wrongField } from '../../../../core/cards/refused.ts';
import type { Id } from '../../../../core/id.ts';
import { plainDate } from '../../../../core/time/days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Records } from '../../recording/store/records.ts';
import { amendments, type Contract } from '../../tables.ts';
import { type AmendmentKind, obstacleTo } from '../rules.ts';

export type Amendment = typeof amendments.$inferSelect;

/** An amendment as a client wants it. */
export interface WantedAmendment {
  readonly kind: AmendmentKind;
  readonly text: string;
  readonly newEnd: string;
  readonly newAmount: number | '';
}

/** What became of a change: `stale` when somebody changed or withdrew the amendment meanwhile. */
export type AmendmentOutcome = 'done' | 'stale';

/** What was noted of an amendment before its signature: when it was asked of the broker, and validated. */
export const notedOf = ({ askedOn, validatedOn }: Pick<Amendment, 'askedOn' | 'validatedOn'>): string =>
  `${askedOn ?? ''}/${validatedOn ?? ''}`;

/** The same of one that is signed: its day, and what it makes of the end and of the amount. */
export const signedOf = ({
  signedOn,
  newEnd,
  newAmountCents,
}: Pick<Amendment, 'signedOn' | 'newEnd' | 'newAmountCents'>): string =>
  `${signedOn ?? ''}/${newEnd ?? ''}/${newAmountCents ?? ''}`;

/** What is kept of the end and of the amount, where they change. */
export const changeOf = ({ newEnd, newAmount }: Pick<WantedAmendment, 'newEnd' | 'newAmount'>) => ({
  newEnd: newEnd === '' ? null : newEnd,
  newAmountCents: newAmount === '' ? null : newAmount,
});

const MOST_AMENDMENTS = 100;
/** What the length of a contract is counted from. */
export const boundsOf = ({ signedOn, startsOn }: Contract) => ({
  signedOn: plainDate(signedOn),
  startsOn: plainDate(startsOn),
});

/** Refuses an amendment that the guide does not allow, or whose change is not said. */
function checkWanted({ kind, newEnd, newAmount }: WantedAmendment, contract: Contract): void {
  if (contract.terminatedOn)
    throw refused('La résiliation de ce contrat est notée : un avenant ne peut plus le modifier.');
  checkChange({ kind, newEnd, newAmount }, contract);
}

/** Refuses what an amendment of its kind cannot make of the end or of the amount (guide 4.4). */
export function checkChange(
  { kind, newEnd, newAmount }: Pick<WantedAmendment, 'kind' | 'newEnd' | 'newAmount'>,
  contract: Contract,
): void {
  const obstacle = obstacleTo(kind, boundsOf(contract), newEnd === '' ? undefined : plainDate(newEnd));
  if (obstacle) throw wrongField('newEnd', obstacle);
  if (kind === 'amount' && newAmount === '') throw wrongField('newAmount', 'Écrivez le nouveau montant.');
}

/** An amendment before its signature: checked, to be asked of the broker, withdrawn (guide 4.4). */
export function buildPreparing({ db, audit, quotas, now, find, changing }: Records) {
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
    amend: (person: Person, id: string, wanted: WantedAmendment, effect: Id): Promise<void> =>
      // One at a time: each takes the next number.
      changing(person, id, async (tx, contract) => {
        const held = await tx
          .select({ id: amendments.id, number: amendments.number })
          .from(amendments)
          .where(eq(amendments.contractId, id))
          .orderBy(desc(amendments.number));
        if (held.some((row) => row.id === effect)) return;
        checkWanted(wanted, contract);
        const number = (held[0]?.number ?? 0) + 1;
        if (number > MOST_AMENDMENTS) throw refused(`Un contrat garde au plus ${MOST_AMENDMENTS} avenants.`);
        await quotas.spend(tx, person, 'contracts.amend');
        const { kind, text, newEnd, newAmount } = wanted;
        await tx.insert(amendments).values({
          id: effect,
          contractId: id,
          number,
          kind,
          text,
          ...changeOf({ newEnd, newAmount }),
          createdAt: now(),
        });
        await audit.record(tx, person, 'contract.amend', id);
      }),

    /** Takes out an amendment that is still as it was seen; `stale` where more was noted of it since. */
    dropAmendment: (person: Person, id: string, amendment: string, seen: string): Promise<AmendmentOutcome> =>
      changing(person, id, async (tx) => {
        const its = and(eq(amendments.id, amendment), eq(amendments.contractId, id));
        const [row] = await tx.select().from(amendments).where(its);
        if (!row) return 'done';
        if (row.signedOn || notedOf(row) !== seen) return 'stale';
        await tx.delete(amendments).where(its);
        await audit.record(tx, person, 'contract.dropAmendment', id);
        return 'done';
      }),
  };
}
