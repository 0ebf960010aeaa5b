import { and, desc, eq } from 'drizzle-orm';
import { CourtierError } from '../../../core/errors.ts';
import type { Id } from '../../../core/id.ts';
import type { Tx } from '../../../core/ports/db.ts';
import type { Queue } from '../../../core/ports/queue.ts';
import { wrongField } from '../../../core/refused.ts';
import type { Person } from '../../../core/turn.ts';
import type { PersonKey } from '../../people/index.ts';
import { END_MOVED, type Records } from '../recording/store/records.ts';
import { amendments, type Contract } from '../tables.ts';
import { type AmendmentKind, obstacleTo, obstacleToSigning } from './rules.ts';

export type Amendment = typeof amendments.$inferSelect;

/** An amendment as a client wants it. */
export interface WantedAmendment {
  readonly kind: AmendmentKind;
  readonly text: string;
  readonly newEnd: string;
  readonly newAmount: number | '';
}

/** What became of a change: `stale` when somebody changed or withdrew the amendment meanwhile. */
export type Outcome = 'done' | 'stale';

/** What was noted of an amendment before its signature: when it was asked of the broker, and validated. */
export const notedOf = ({ askedOn, validatedOn }: Pick<Amendment, 'askedOn' | 'validatedOn'>): string =>
  `${askedOn ?? ''}/${validatedOn ?? ''}`;

const MOST_AMENDMENTS = 100;
const day = (text: string) => Temporal.PlainDate.from(text);
const refused = (sentence: string) => new CourtierError('refused', sentence);
const bounds = ({ signedOn, startsOn }: Contract) => ({ signedOn: day(signedOn), startsOn: day(startsOn) });

/** A contract's amendments: checked, prepared and validated by the broker, then signed by both (guide 4.4, 4.12). */
export const buildAmending = (records: Records, queue: Queue) => ({
  ...buildPreparing(records),
  ...buildSigning(records, queue),
});

/** Refuses an amendment that the guide does not allow, or whose change is not said. */
function checkWanted({ kind, newEnd, newAmount }: WantedAmendment, contract: Contract): void {
  if (contract.terminatedOn)
    throw refused('La résiliation de ce contrat est notée : un avenant ne peut plus le modifier.');
  const obstacle = obstacleTo(kind, bounds(contract), newEnd === '' ? undefined : day(newEnd));
  if (obstacle) throw wrongField('newEnd', obstacle);
  if (kind === 'amount' && newAmount === '') throw wrongField('newAmount', 'Écrivez le nouveau montant.');
}

function buildPreparing({ db, audit, quotas, now, find, changing }: Records) {
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
          newEnd: newEnd === '' ? null : newEnd,
          newAmountCents: newAmount === '' ? null : newAmount,
          createdAt: now(),
        });
        await audit.record(tx, person, 'contract.amend', id);
      }),

    /** Takes out an amendment that is still as it was seen; `stale` where more was noted of it since. */
    dropAmendment: (person: Person, id: string, amendment: string, seen: string): Promise<Outcome> =>
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

function buildSigning({ audit, today, changing, touch }: Records, queue: Queue) {
  /** Notes a step of an amendment that has it not yet: what is noted otherwise, or gone, is `stale`. */
  const step = (
    person: Person,
    id: string,
    amendment: string,
    [field, on]: readonly [field: string, on: string],
    work: (tx: Tx, row: Amendment, contract: Contract) => Promise<Outcome>,
  ): Promise<Outcome> =>
    changing(person, id, async (tx, contract) => {
      const [row] = await tx
        .select()
        .from(amendments)
        .where(and(eq(amendments.id, amendment), eq(amendments.contractId, id)));
      if (!row) return 'stale';
      if (on < contract.signedOn || on > today().toString())
        throw wrongField(field, 'La date est entre la signature du contrat et aujourd’hui.');
      return work(tx, row, contract);
    });
  const write = (tx: Tx, { id }: Amendment, set: Partial<typeof amendments.$inferInsert>) =>
    tx.update(amendments).set(set).where(eq(amendments.id, id));

  return {
    /** The broker was asked to prepare and validate an amendment. */
    askAmendment: (person: Person, id: string, amendment: string, askedOn: string): Promise<Outcome> =>
      step(person, id, amendment, ['askedOn', askedOn], async (tx, row) => {
        if (row.askedOn === askedOn) return 'done';
        if (row.askedOn || row.validatedOn || row.signedOn) return 'stale';
        const { tenantId: askedTenant, objectId: askedId, name: askedBy } = person;
        await write(tx, row, { askedOn, askedTenant, askedId, askedBy });
        await audit.record(tx, person, 'contract.askAmendment', id);
        return 'done';
      }),

    /** The broker validated it: it may be signed from that day on (guide 4.12, note 2). */
    validateAmendment: (
      person: Person,
      id: string,
      amendment: string,
      { validatedOn, validatedBy }: { readonly validatedOn: string; readonly validatedBy: string },
    ): Promise<Outcome> =>
      step(person, id, amendment, ['validatedOn', validatedOn], async (tx, row) => {
        if (row.validatedOn === validatedOn && row.validatedBy === validatedBy) return 'done';
        if (row.validatedOn || row.signedOn) return 'stale';
        if (row.askedOn && validatedOn < row.askedOn)
          throw wrongField('validatedOn', 'La validation suit la demande faite au Courtier.');
        await write(tx, row, { validatedOn, validatedBy });
        await audit.record(tx, person, 'contract.validateAmendment', id);
        return 'done';
      }),

    /** An amendment was signed by both, once validated: it is in force, and its copy is due to the broker. */
    signAmendment: (person: Person, id: string, amendment: string, signedOn: string): Promise<Outcome> =>
      step(person, id, amendment, ['signedOn', signedOn], async (tx, row, contract) => {
        if (row.signedOn) return row.signedOn === signedOn ? 'done' : 'stale';
        const { kind, newEnd, validatedOn } = row;
        if (contract.terminatedOn && (newEnd || signedOn > contract.terminatedOn))
          throw refused('Le contrat est résilié : cet avenant ne peut plus le modifier.');
        const obstacle =
          obstacleToSigning(signedOn, validatedOn) ??
          obstacleTo(kind, bounds(contract), newEnd ? day(newEnd) : undefined);
        if (obstacle) throw wrongField('signedOn', obstacle);
        await write(tx, row, { signedOn });
        await touch(tx, id);
        if (newEnd) await queue.publish(tx, END_MOVED, { contract: id });
        await audit.record(tx, person, 'contract.signAmendment', id);
        return 'done';
      }),
  };
}
