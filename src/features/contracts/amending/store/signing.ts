import { and, eq } from 'drizzle-orm';
import { refused, wrongField } from '../../../../core/cards/refused.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import type { Person } from '../../../../core/turn.ts';
import { END_MOVED, type Records } from '../../recording/store/records.ts';
import { amendments, type Contract } from '../../tables.ts';
import { obstacleTo, obstacleToSigning } from '../rules.ts';
import { type Amendment, type AmendmentOutcome, boundsOf } from './preparing.ts';

/** An amendment of a contract that is held; undefined once it was withdrawn. */
export async function amendmentOf(tx: Tx, contract: string, id: string): Promise<Amendment | undefined> {
  const [row] = await tx
    .select()
    .from(amendments)
    .where(and(eq(amendments.id, id), eq(amendments.contractId, contract)));
  return row;
}

/** Writes what was noted of an amendment. */
export const write = (tx: Tx, { id }: Amendment, set: Partial<typeof amendments.$inferInsert>) =>
  tx.update(amendments).set(set).where(eq(amendments.id, id));

/** Refuses a day of an amendment before its contract was signed, or to come. */
export function refuseUnlessSince(
  { signedOn }: Pick<Contract, 'signedOn'>,
  today: Temporal.PlainDate,
  [field, on]: readonly [field: string, on: string],
): void {
  if (on < signedOn || on > today.toString())
    throw wrongField(field, 'La date est entre la signature du contrat et aujourd’hui.');
}

/** An amendment on its way to its signature: asked of the broker, validated there, signed (guide 4.12). */
export function buildSigning({ audit, today, changing, touch }: Records, queue: Queue) {
  /** Notes a step of an amendment that has it not yet: what is noted otherwise, or gone, is `stale`. */
  const step = (
    person: Person,
    id: string,
    amendment: string,
    [field, on]: readonly [field: string, on: string],
    work: (tx: Tx, row: Amendment, contract: Contract) => Promise<AmendmentOutcome>,
  ): Promise<AmendmentOutcome> =>
    changing(person, id, async (tx, contract) => {
      const row = await amendmentOf(tx, id, amendment);
      if (!row) return 'stale';
      refuseUnlessSince(contract, today(), [field, on]);
      return work(tx, row, contract);
    });
  return {
    /** The broker was asked to prepare and validate an amendment. */
    askAmendment: (
      person: Person,
      id: string,
      amendment: string,
      askedOn: string,
    ): Promise<AmendmentOutcome> =>
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
    ): Promise<AmendmentOutcome> =>
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
    signAmendment: (
      person: Person,
      id: string,
      amendment: string,
      signedOn: string,
    ): Promise<AmendmentOutcome> =>
      step(person, id, amendment, ['signedOn', signedOn], async (tx, row, contract) => {
        if (row.signedOn) return row.signedOn === signedOn ? 'done' : 'stale';
        const { kind, newEnd, validatedOn } = row;
        if (contract.terminatedOn && (newEnd || signedOn > contract.terminatedOn))
          throw refused('Le contrat est résilié : cet avenant ne peut plus le modifier.');
        const obstacle =
          obstacleToSigning(signedOn, validatedOn) ??
          obstacleTo(kind, boundsOf(contract), newEnd ? Temporal.PlainDate.from(newEnd) : undefined);
        if (obstacle) throw wrongField('signedOn', obstacle);
        await write(tx, row, { signedOn });
        await touch(tx, id);
        if (newEnd) await queue.publish(tx, END_MOVED, { contract: id });
        await audit.record(tx, person, 'contract.signAmendment', id);
        return 'done';
      }),
  };
}
