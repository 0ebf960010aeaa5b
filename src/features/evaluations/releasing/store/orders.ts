import { and, asc, eq, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Settings } from '../../../../core/manifest.ts';
import {
  buildProposals,
  buildSecondPerson,
  eraseFromProposals,
  proposalsOf,
} from '../../../../core/people/second-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { type Changed, revisedRows } from '../../../../core/rows/revised.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Audit, type PersonKey, staffAudience } from '../../../people/index.ts';
import { releases, sheetOrders } from '../../tables.ts';
import { keyOfSheet, marksOf, type OrderedSheet, type Sheet, type SheetAct } from '../rules/sheets.ts';
import { buildOrderProgress, type SheetOrder } from './order-progress.ts';
import type { SheetList } from './sheet-list.ts';

export type { SheetOrder };

/** The job that releases the sheets of an order, one by one. */
export const RELEASE_SHEETS = 'evaluations.releaseSheets';

export interface OrderParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly queue: Queue;
  readonly deliveries: Deliveries;
  readonly settings: Pick<Settings, 'approval'>;
}

const OWN = 'Vous avez demandé ces fiches : une autre personne de l’équipe doit les approuver.';
const NOT_YOURS = 'Seule la personne qui a demandé ces fiches peut redemander l’approbation.';
const MOVED = 'La liste a changé entre-temps : voyez de nouveau ce qui part.';

const ordered = ({ supplier, year, name, seen }: Sheet): OrderedSheet => ({ supplier, year, name, seen });

/** What is read of orders, and what goes with whoever asked for them or approved them. */
const reading = (db: Db) => ({
  /** Those that wait for a second person, the oldest first. */
  awaitingSheets: (): Promise<SheetOrder[]> =>
    db
      .select()
      .from(sheetOrders)
      .where(eq(sheetOrders.state, 'proposed'))
      .orderBy(asc(sheetOrders.createdAt), asc(sheetOrders.id)),

  sheetOrdersHeldOf: (person: PersonKey) =>
    db
      .select({ number: sheetOrders.number, state: sheetOrders.state, createdAt: sheetOrders.createdAt })
      .from(sheetOrders)
      .where(proposalsOf(sheetOrders, person)),

  eraseSheetOrders: (tx: Tx, person: PersonKey): Promise<void> => eraseFromProposals(tx, sheetOrders, person),
});

async function insert(
  tx: Tx,
  id: string,
  { tenantId, objectId, name }: Person,
  at: Date,
  set: Pick<SheetOrder, 'act' | 'state' | 'sheets'> & Partial<SheetOrder>,
): Promise<SheetOrder> {
  const [row] = await tx
    .insert(sheetOrders)
    .values({ id, ...set, tenantId, objectId, name, createdAt: at, updatedAt: at })
    .returning();
  if (!row) throw new Error('order not written');
  return row;
}

/** Sheets of suppliers that are released or withdrawn together. */
export function buildSheetOrders(parts: OrderParts, list: SheetList) {
  const { db, clock, audit, queue, deliveries, settings } = parts;
  const rows = revisedRows(sheetOrders, clock);
  const second = buildSecondPerson(
    { noun: 'sheets', approval: 'evaluations.sheetsApproval', decision: 'evaluations.sheetsDecision' },
    deliveries,
    staffAudience(deliveries),
  );
  const record = (tx: Tx, person: Person, act: string, { id }: SheetOrder) =>
    audit.record(tx, person, `sheets.${act}`, id);
  const { asked, ...steps } = buildProposals<SheetOrder>({ db, rows, second, record, own: OWN });
  const now = () => asDate(clock.now());
  const begin = (tx: Tx, { id }: Pick<SheetOrder, 'id'>) => queue.enqueue(tx, RELEASE_SHEETS, { order: id });

  const write = (tx: Tx, id: string, staff: Person, set: Parameters<typeof insert>[4]) =>
    insert(tx, id, staff, now(), set);

  /** Releases them: once somebody else approved it, where that is the rule. */
  async function release(
    tx: Tx,
    staff: Person,
    id: string,
    sheets: readonly OrderedSheet[],
    summary = '',
  ): Promise<SheetOrder> {
    const state = settings.approval ? 'proposed' : 'approved';
    const row = await write(tx, id, staff, { act: 'release', state, sheets, summary });
    if (settings.approval) await asked(tx, staff, row);
    else await begin(tx, row);
    return row;
  }

  /** Ends the links of all of them, in one statement; each is in the trail. */
  async function withdraw(tx: Tx, staff: Person, id: string, sheets: readonly OrderedSheet[]) {
    const keys = JSON.stringify(sheets.map(keyOfSheet));
    const gone = await tx
      .update(releases)
      .set({ active: false })
      .where(
        and(
          eq(releases.active, true),
          sql`${releases.supplierId} || ':' || ${releases.year} in (select jsonb_array_elements_text(${keys}::jsonb))`,
        ),
      )
      .returning({ supplier: releases.supplierId, year: releases.year });
    await audit.recordAll(tx, staff, 'evaluation.withdraw', gone.map(keyOfSheet));
    return write(tx, id, staff, { act: 'withdraw', state: 'done', sheets, done: sheets.length });
  }

  return {
    ...reading(db),
    ...steps,
    ...buildOrderProgress(db, deliveries, rows),
    needsApproval: settings.approval,

    findOrder: (id: string): Promise<SheetOrder> => rows.find(db, id),

    /** Releases or withdraws what was confirmed, as it was: refused where the list is not the one that was seen. */
    order: (
      staff: Person,
      id: string,
      act: SheetAct,
      chosen: Parameters<SheetList['sheetsFor']>[1],
      filter: Parameters<SheetList['sheetsFor']>[2],
      seen: string,
    ): Promise<SheetOrder> =>
      db.transaction(async (tx) => {
        await serialize(tx, 'sheets');
        const [again] = await tx.select().from(sheetOrders).where(eq(sheetOrders.id, id));
        if (again) return again;
        const { sheets } = await list.sheetsFor(act, chosen, filter, tx);
        if (sheets.length === 0 || marksOf(sheets) !== seen) throw new CourtierError('refused', MOVED);
        return (act === 'release' ? release : withdraw)(tx, staff, id, sheets.map(ordered));
      }),

    /** Asks a second person for one sheet; the same, asked for already, is one. `stale` where that says something else. */
    askSheet: (
      staff: Person,
      id: string,
      sheet: OrderedSheet,
      summary: string,
    ): Promise<Changed<SheetOrder>> =>
      db.transaction(async (tx) => {
        await serialize(tx, 'sheets');
        const waits = await tx.select().from(sheetOrders).where(eq(sheetOrders.state, 'proposed'));
        const same = waits.find(
          ({ sheets }) => sheets.length === 1 && sheets[0] && keyOfSheet(sheets[0]) === keyOfSheet(sheet),
        );
        if (same) return { kind: same.summary === summary ? 'done' : 'stale', row: same };
        return { kind: 'done', row: await release(tx, staff, id, [sheet], summary) };
      }),

    /** Another member of the staff approves them, and they are released. */
    approveSheets: (person: Person, id: string, revision: number): Promise<Changed<SheetOrder>> =>
      steps.approve(person, id, revision, async (tx, row) => {
        await begin(tx, row);
        return { state: 'approved' };
      }),

    askSheetsAgain: (person: Person, id: string, revision: number) =>
      steps.askAgain(person, id, revision, NOT_YOURS),
  };
}

export type SheetOrders = ReturnType<typeof buildSheetOrders>;
