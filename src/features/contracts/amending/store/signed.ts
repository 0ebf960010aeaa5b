import { and, eq } from 'drizzle-orm';
import { refused, wrongField } from '../../../../core/cards/refused.ts';
import { frenchDay } from '../../../../core/clock.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import type { Person } from '../../../../core/turn.ts';
import { END_MOVED, type Records } from '../../recording/store/records.ts';
import { type Contract, dutiesDone } from '../../tables.ts';
import { obstacleToSigning } from '../rules.ts';
import {
  type Amendment,
  type AmendmentOutcome,
  changeOf,
  checkChange,
  signedOf,
  type WantedAmendment,
} from './preparing.ts';
import { amendmentOf, refuseUnlessSince, write } from './signing.ts';

/** What may be put right of an amendment that is signed. */
export interface WantedSigned extends Pick<WantedAmendment, 'newEnd' | 'newAmount'> {
  readonly signedOn: string;
}

/** Its copy went to the broker, or the final evaluation is signed: the signature is then no slip of somebody who noted it. */
async function checkSlip(tx: Tx, { id, finalSignedOn }: Contract, amendment: string): Promise<void> {
  const sent = await tx
    .select({ duty: dutiesDone.duty })
    .from(dutiesDone)
    .where(and(eq(dutiesDone.contractId, id), eq(dutiesDone.duty, `amendment:${amendment}`)));
  if (sent.length > 0)
    throw refused(
      'La copie de cet avenant est déjà notée comme transmise au Courtier. Si c’était une erreur, remettez d’abord cette obligation à faire.',
    );
  if (finalSignedOn)
    throw refused(
      'L’évaluation de fin de contrat est signée : ses avenants ne changent plus. Si c’était une erreur, remettez d’abord cette évaluation à faire.',
    );
}

/** An amendment that was noted as signed: corrected, or taken back, while it is a slip (guide 4.4 and 4.12). */
export function buildSigned({ audit, today, changing, readIn, touch }: Records, queue: Queue) {
  /** What hangs on the end follows, and a contract that is terminated still ends by its term at the earliest. */
  async function follows(tx: Tx, { id, terminatedOn }: Contract): Promise<void> {
    if (terminatedOn && (await readIn(tx, id)).termEndsOn < terminatedOn)
      throw wrongField(
        'newEnd',
        `La résiliation notée prend effet le ${frenchDay(terminatedOn)} : sans cet avenant tel quel, le contrat finirait avant. Corrigez d’abord la résiliation.`,
      );
    await touch(tx, id);
    await queue.publish(tx, END_MOVED, { contract: id });
    await queue.publish(tx, RECALLS_CHANGED, {});
  }

  /** Works on the signature that was seen, unless it is already as wanted: what is sent twice is done once. */
  const changingSigned = (
    person: Person,
    id: string,
    amendment: string,
    seen: string,
    already: (row: Amendment) => boolean,
    work: (tx: Tx, row: Amendment, contract: Contract) => Promise<void>,
  ): Promise<AmendmentOutcome> =>
    changing(person, id, async (tx, contract) => {
      const row = await amendmentOf(tx, id, amendment);
      if (!row) return 'stale';
      if (already(row)) return 'done';
      if (row.signedOn === null || signedOf(row) !== seen) return 'stale';
      await checkSlip(tx, contract, amendment);
      await work(tx, row, contract);
      await follows(tx, contract);
      return 'done';
    });

  return {
    /** Puts right the day of a signature, the new end and the new amount, held to the same rules as when they were noted. */
    correctAmendment: (
      person: Person,
      id: string,
      amendment: string,
      seen: string,
      { signedOn, newEnd, newAmount }: WantedSigned,
    ): Promise<AmendmentOutcome> => {
      const set = { signedOn, ...changeOf({ newEnd, newAmount }) };
      return changingSigned(
        person,
        id,
        amendment,
        seen,
        (row) => signedOf(row) === signedOf(set),
        async (tx, row, contract) => {
          refuseUnlessSince(contract, today(), ['signedOn', signedOn]);
          if (contract.terminatedOn && signedOn > contract.terminatedOn)
            throw wrongField(
              'signedOn',
              `La résiliation notée prend effet le ${frenchDay(contract.terminatedOn)} : l’avenant a été signé ce jour-là ou avant.`,
            );
          const obstacle = obstacleToSigning(signedOn, row.validatedOn);
          if (obstacle) throw wrongField('signedOn', obstacle);
          checkChange({ kind: row.kind, newEnd, newAmount }, contract);
          await write(tx, row, set);
          await audit.record(tx, person, 'contract.correctAmendment', id);
        },
      );
    },

    /** It was not signed after all: it is to be signed, and its copy is not due. */
    unsignAmendment: (
      person: Person,
      id: string,
      amendment: string,
      seen: string,
    ): Promise<AmendmentOutcome> =>
      changingSigned(
        person,
        id,
        amendment,
        seen,
        (row) => row.signedOn === null,
        async (tx, row) => {
          await write(tx, row, { signedOn: null });
          await audit.record(tx, person, 'contract.unsignAmendment', id);
        },
      ),
  };
}
