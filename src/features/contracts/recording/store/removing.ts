import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import { refused } from '../../../../core/cards/refused.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { RECALLS_CHANGED } from '../../../../core/recalls.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Belonging, PersonKey } from '../../../people/index.ts';
import {
  amendments,
  type Contract,
  comments,
  contracts,
  dutiesDone,
  dutiesWanted,
  followers,
  invoices,
  references,
} from '../../tables.ts';
import type { Evaluated } from '../rules/correction.ts';
import { hasServed } from '../rules/slip.ts';
import { END_MOVED, type Records } from './records.ts';

/** What rests on a contract, and keeps it from being a slip. */
const KEPT =
  'Ce contrat a déjà servi : une facture, un avenant signé ou demandé, une résiliation, une évaluation transmise ou une obligation faite y est notée. Corrigez-le, ou retirez d’abord ce qui y est noté par erreur.';

/** Whether something rests on a contract. */
async function served(tx: Tx, contract: Contract): Promise<boolean> {
  const { id } = contract;
  const done = await tx
    .select({ whyNot: dutiesDone.whyNot, undated: dutiesDone.undated })
    .from(dutiesDone)
    .where(eq(dutiesDone.contractId, id));
  if (hasServed(contract, done)) return true;
  const agreed = or(isNotNull(amendments.askedOn), isNotNull(amendments.signedOn));
  const [row] = await tx
    .select({
      any: sql<boolean>`exists (select 1 from ${invoices} where ${eq(invoices.contractId, id)})
        or exists (select 1 from ${amendments} where ${and(eq(amendments.contractId, id), agreed)})`,
    })
    .from(contracts)
    .where(eq(contracts.id, id));
  return row?.any ?? false;
}

/** A contract that was taken away before: by whom, and when. */
export interface Gone {
  readonly by: PersonKey;
  readonly at: Date;
}

const DROP = 'contract.drop';

/** A contract that was noted by mistake. */
export const buildRemoving = (
  { db, audit, changing }: Records,
  { queue, belonging }: { readonly queue: Queue; readonly belonging: Belonging },
  evaluated: (tx: Tx, contract: string) => Promise<Evaluated>,
) => ({
  /**
   * Who took a contract away, and when: for whoever did, and for those who act now for the body whose contract it was. For
   * anyone else it never existed.
   */
  async goneOf(id: string, person: PersonKey): Promise<Gone | undefined> {
    const done = await audit.lastDone(db, id, DROP);
    if (!done) return undefined;
    const seen = isSame(done, person) || (await belonging.bodyOf(person))?.id === done.of;
    return seen ? { by: done, at: done.at } : undefined;
  },

  /**
   * Takes away a contract that was noted by mistake, with who follows it, what was said of it and what was prepared. Its
   * file, if it has one, has no contract then. Refused once something rests on it; `stale` when it was changed meanwhile.
   */
  dropContract: (person: Person, id: string, revision: number): Promise<'done' | 'stale'> =>
    changing(person, id, async (tx, contract) => {
      if (contract.revision !== revision) return 'stale';
      // Nobody adds to it any more: what others note of it comes before, or finds it gone.
      await tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.id, id)).for('update');
      if ((await served(tx, contract)) || (await evaluated(tx, id)) !== 'no') throw refused(KEPT);
      for (const table of [followers, dutiesDone, dutiesWanted, amendments, references] as const)
        await tx.delete(table).where(eq(table.contractId, id));
      await tx.update(comments).set({ contractId: null }).where(eq(comments.contractId, id));
      await tx.delete(contracts).where(eq(contracts.id, id));
      // With the body whose contract it was: they may be told who took it away.
      await audit.record(tx, person, DROP, [id, contract.organizationId ?? ''].join(' ').trim());
      await queue.publish(tx, END_MOVED, { contract: id });
      await queue.publish(tx, RECALLS_CHANGED, {});
      return 'done';
    }),
});
