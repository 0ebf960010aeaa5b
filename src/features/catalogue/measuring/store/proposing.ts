import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import {
  buildProposals,
  buildSecondPerson,
  eraseFromProposals,
  proposalsOf,
} from '../../../../core/people/second-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { type Changed, revisedRows } from '../../../../core/rows/revised.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person, Turn } from '../../../../core/turn.ts';
import { type Audit, type PersonKey, staffAudience } from '../../../people/index.ts';
import { lockSuppliers } from '../../fiche/store/publishing.ts';
import { measureProposals } from '../../tables.ts';
import type { Decision, Measuring } from './measuring.ts';

export type MeasureProposal = typeof measureProposals.$inferSelect;

interface ProposingPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  /** Whether a second member of the staff approves what is told to many. */
  readonly approval: boolean;
}

const OWN = 'Vous avez demandé cela : une autre personne de l’équipe doit l’approuver.';
const NOT_YOURS = 'Seule la personne qui l’a demandé peut redemander l’approbation.';
const ASKED = 'C’est déjà demandé : l’approbation attend.';
/** On the card of a supplier. */
const MOST_SHOWN = 5;

/** What is read of proposals, and what goes with whoever wrote or approved them. */
const reading = (db: Db) => ({
  /** Those that wait for a second person, the oldest first. */
  awaiting: (): Promise<MeasureProposal[]> =>
    db
      .select()
      .from(measureProposals)
      .where(eq(measureProposals.state, 'proposed'))
      .orderBy(asc(measureProposals.createdAt), asc(measureProposals.id)),

  /** Those of a supplier that are not decided yet. */
  openOf: (supplier: string): Promise<MeasureProposal[]> =>
    db
      .select()
      .from(measureProposals)
      .where(
        and(
          eq(measureProposals.supplierId, supplier),
          inArray(measureProposals.state, ['proposed', 'returned']),
        ),
      )
      .orderBy(asc(measureProposals.createdAt), asc(measureProposals.id))
      .limit(MOST_SHOWN),

  heldOf: (person: PersonKey) =>
    db
      .select({
        supplier: measureProposals.supplierId,
        kind: measureProposals.kind,
        state: measureProposals.state,
        reason: measureProposals.reason,
        createdAt: measureProposals.createdAt,
      })
      .from(measureProposals)
      .where(proposalsOf(measureProposals, person)),

  erase: (tx: Tx, person: PersonKey): Promise<void> => eraseFromProposals(tx, measureProposals, person),
});

/** Suspensions and withdrawals that one of the staff asks for and another one approves. */
export function buildMeasureProposals(
  ports: ProposingPorts,
  measuring: Pick<Measuring, 'make' | 'mustApply'>,
) {
  const { db, clock, audit, deliveries, approval } = ports;
  const rows = revisedRows(measureProposals, clock);
  const second = buildSecondPerson(
    { noun: 'measure', approval: 'catalogue.measureApproval', decision: 'catalogue.measureDecision' },
    deliveries,
    staffAudience(deliveries),
  );
  const record = (tx: Tx, person: Person, act: string, { id, supplierId }: MeasureProposal) =>
    audit.record(tx, person, `fiche.${act}Measure`, `${supplierId} ${id}`);
  const { asked, askAgain, ...steps } = buildProposals<MeasureProposal>({
    ...{ db, rows, second, record },
    own: OWN,
  });

  /** What a proposal decides: from today, where its day has passed meanwhile. */
  function decisionOf({ supplierId, offerId, kind, reason, from }: MeasureProposal): Decision {
    const today = brokerDate(clock.now()).toString();
    return {
      supplier: supplierId,
      offer: offerId ?? undefined,
      kind,
      reason,
      from: from && from > today ? from : undefined,
    };
  }

  return {
    ...reading(db),
    ...steps,
    needsApproval: approval,
    find: (id: string): Promise<MeasureProposal> => rows.find(db, id),

    /** Asks a second person for a decision, once: the same, asked for already, is refused. */
    propose: ({ person, effect }: Turn, decision: Decision): Promise<MeasureProposal> =>
      db.transaction(async (tx) => {
        const { supplier, offer, kind, reason, from } = decision;
        await lockSuppliers(tx, [supplier]);
        const [again] = await tx.select().from(measureProposals).where(eq(measureProposals.id, effect));
        if (again) return again;
        await measuring.mustApply(tx, decision);
        const same = and(
          inArray(measureProposals.state, ['proposed', 'returned']),
          eq(measureProposals.supplierId, supplier),
          offer === undefined ? isNull(measureProposals.offerId) : eq(measureProposals.offerId, offer),
          eq(measureProposals.kind, kind),
        );
        if ((await tx.$count(measureProposals, same)) > 0) throw new CourtierError('refused', ASKED);
        const { tenantId, objectId, name } = person;
        const at = asDate(clock.now());
        const [row] = await tx
          .insert(measureProposals)
          .values({
            ...{ id: effect, state: 'proposed' as const, kind, reason, tenantId, objectId, name },
            supplierId: supplier,
            offerId: offer ?? null,
            from: from ?? null,
            createdAt: at,
            updatedAt: at,
          })
          .returning();
        if (!row) throw new Error('proposal not written');
        await asked(tx, person, row);
        return row;
      }),

    /** Another member of the staff approves it, and it is decided. */
    approveMeasure: (person: Person, id: string, revision: number): Promise<Changed<MeasureProposal>> =>
      steps.approve(person, id, revision, async (tx, row) => {
        await lockSuppliers(tx, [row.supplierId]);
        await measuring.make(tx, person, row.id, decisionOf(row));
        return { state: 'approved' };
      }),

    /** Whoever wrote it gives another reason, or the same, and asks again. */
    askMeasureAgain: (person: Person, id: string, revision: number, reason: string) =>
      askAgain(person, id, revision, NOT_YOURS, { reason }),
  };
}

export type MeasureProposals = ReturnType<typeof buildMeasureProposals>;
