import { eq } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import {
  eraseFromProposals,
  mayApprove,
  NOBODY,
  proposalsOf,
  reviewer,
} from '../../../../core/people/second-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person, Turn } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { differenceOf } from '../../fiche/rules/difference.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { forgotten } from '../../fiche/rules/publication.ts';
import { lockSuppliers, standingVersions } from '../../fiche/store/publishing.ts';
import { corrections } from '../../tables.ts';
import { isInForce } from '../rules/correction.ts';
import { buildAsking } from './asking.ts';
import { buildMaking, type Corrected, type CorrectingPorts } from './making.ts';
import { type Correction, correctionsOf, type Made, wrongOf } from './records.ts';

const OWN = 'Vous avez écrit cette correction : une autre personne de l’équipe doit l’approuver.';

/** What is read of corrections, and what goes with whoever wrote them. */
const reading = ({ db, clock }: Pick<CorrectingPorts, 'db' | 'clock'>) => ({
  /** What was corrected of a supplier's versions, the oldest first. */
  madeFor: (supplier: string): Promise<Made[]> => correctionsOf(db, supplier),

  /** The edition that a correction is about. */
  wrongOf: (row: Correction): Promise<Fiche | undefined> => wrongOf(db, row),

  /** What a version to come would undo of a correction of the fiche in force, in a sentence; undefined for nothing. */
  async undoneOf({ supplierId, version, content }: Correction, wrong: Fiche): Promise<string | undefined> {
    const standing = await standingVersions(db, asDate(clock.now()), [supplierId]);
    return standing[0]?.version === version ? forgotten(content, standing, wrong) : undefined;
  },

  /** Those that wait for a second person, the oldest first. */
  awaiting: (): Promise<Correction[]> =>
    db
      .select()
      .from(corrections)
      .where(eq(corrections.state, 'proposed'))
      .orderBy(corrections.createdAt, corrections.id),

  heldOf: (person: PersonKey) =>
    db
      .select({
        supplier: corrections.supplierId,
        version: corrections.version,
        state: corrections.state,
        reason: corrections.reason,
        createdAt: corrections.createdAt,
      })
      .from(corrections)
      .where(proposalsOf(corrections, person)),

  erase: (tx: Tx, person: PersonKey): Promise<void> => eraseFromProposals(tx, corrections, person),
});

/** Errors of the fiche in force, put right beside what was published: nothing that was published changes (guide 3.2). */
export function buildCorrecting(ports: CorrectingPorts) {
  const { db, clock, quotas, approval } = ports;
  const { askApproval, tellDecision, shownAgain } = buildAsking(ports);
  const { inForce, write, record, make, onFiche } = buildMaking(ports);
  const now = () => asDate(clock.now());

  async function find(id: string, from: Db = db): Promise<Correction> {
    const [row] = await from.select().from(corrections).where(eq(corrections.id, id));
    if (!row) throw notFound();
    return row;
  }

  /** Does something to a correction as it was seen: stale when somebody was first. */
  const change = (
    id: string,
    revision: number,
    states: readonly Correction['state'][],
    act: (tx: Tx, row: Correction) => Promise<Corrected>,
  ): Promise<Corrected> =>
    db.transaction(async (tx) => {
      const [row] = await tx.select().from(corrections).where(eq(corrections.id, id)).for('update');
      if (!row) throw notFound();
      if (row.revision !== revision || !states.includes(row.state)) return { kind: 'stale', row };
      await lockSuppliers(tx, [row.supplierId]);
      const outcome = await act(tx, row);
      await shownAgain(tx, row);
      return outcome;
    });

  return {
    ...reading(ports),
    needsApproval: approval,
    find,

    /** Whether a fiche has the date of the one in force: another content is then an error that may be corrected. */
    async mayCorrect({ supplier, version }: Fiche): Promise<boolean> {
      const standing = await standingVersions(db, now(), [supplier.id]);
      return isInForce(standing, version, brokerDate(clock.now()).toString());
    },

    /** Keeps what was dropped until its reason is said; dropped once and delivered twice, it is one. */
    draft: (turn: Turn, content: Fiche): Promise<Correction> =>
      db.transaction(async (tx) => {
        const { tenantId, objectId, name } = turn.person;
        const about = { supplierId: content.supplier.id, version: content.version };
        const { edition, fiche } = await inForce(tx, about);
        const price = differenceOf(fiche, content).changesPrices;
        const [row] = await tx
          .insert(corrections)
          .values({
            ...about,
            ...{ id: turn.effect, basis: edition, content, price },
            ...{ tenantId, objectId, name, createdAt: now() },
          })
          .onConflictDoNothing()
          .returning();
        if (row) await quotas.spend(tx, turn.person, 'catalogue.files');
        return row ?? find(turn.effect, tx);
      }),

    /** The reason is said: the correction is made or, where a second person must, its approval is asked for. */
    correct: (person: Person, id: string, revision: number, reason: string): Promise<Corrected> =>
      change(id, revision, ['draft', 'returned'], async (tx, row) => {
        // Whoever dropped the file says why.
        if (mayApprove(row, person)) throw notFound();
        return onFiche(async (inTx, seen, wrong) => {
          if (!approval) return make(inTx, seen, wrong, person, { reason });
          const proposed = await write(inTx, seen, {
            reason,
            state: 'proposed',
            comment: '',
            ...NOBODY,
          });
          await record(inTx, person, 'propose', proposed);
          await askApproval(inTx, proposed);
          return proposed;
        })(tx, row);
      }),

    /** Another member of the staff approves it, and it is made. */
    approve: (person: Person, id: string, revision: number): Promise<Corrected> =>
      change(id, revision, ['proposed'], async (tx, row) => {
        if (!mayApprove(row, person)) throw new CourtierError('refused', OWN);
        const outcome = await onFiche((inTx, seen, wrong) =>
          make(inTx, seen, wrong, person, { ...reviewer(person) }),
        )(tx, row);
        await tellDecision(tx, outcome.row, person);
        return outcome;
      }),

    /** Gives it back to whoever wrote it, with what is to be seen again. */
    giveBack: (person: Person, id: string, revision: number, comment: string): Promise<Corrected> =>
      change(id, revision, ['proposed'], async (tx, row) => {
        const returned = await write(tx, row, { state: 'returned', comment, ...reviewer(person) });
        await record(tx, person, 'return', returned);
        await tellDecision(tx, returned, person);
        return { kind: 'done', row: returned };
      }),

    /** It is given up: the fiche stays as it is. */
    drop: (person: Person, id: string, revision: number): Promise<Corrected> =>
      change(id, revision, ['draft', 'proposed', 'returned'], async (tx, row) => {
        const dropped = await write(tx, row, { state: 'dropped' });
        await record(tx, person, 'giveUp', dropped);
        return { kind: 'done', row: dropped };
      }),
  };
}
