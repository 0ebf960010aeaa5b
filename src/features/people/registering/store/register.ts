import { and, eq } from 'drizzle-orm';
import { pageAt } from '../../../../core/cards/paging.ts';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { PersonKey } from '../../../../core/people/person-key.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import type { Person, Turn } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { searchTrail } from '../../audit/store/search.ts';
import type { Quotas } from '../../quotas/store/quotas.ts';
import { registerImports } from '../../tables.ts';
import { type Plan, planOf } from '../rules/plan.ts';
import type { ReadRegister } from '../rules/reading.ts';
import { keptOf } from '../rules/trail.ts';
import { knownBodies } from './bodies.ts';
import { writeRegister } from './writing.ts';

const TRAIL_PAGE = 8;

export type RegisterImport = typeof registerImports.$inferSelect;

/** What became of a confirmation: `changed` when it would not do any more what was shown. */
export type Confirmed = 'done' | 'changed' | 'closed';

interface RegisterParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly quotas: Pick<Quotas, 'spend'>;
}

/** A register of bodies, from the file that the staff drop to its confirmation. */
export function buildRegister({ db, clock, audit, deliveries, quotas }: RegisterParts) {
  const find = async (id: string, person: PersonKey, from: Db = db): Promise<RegisterImport> => {
    const [row] = await from
      .select()
      .from(registerImports)
      .where(and(eq(registerImports.id, id), isPerson(registerImports, person)))
      .for('no key update');
    if (!row) throw notFound();
    return row;
  };

  /** What an import would do as things stand. */
  const planned = async (rows: RegisterImport['rows'], from: Db = db): Promise<Plan> =>
    planOf(rows, await knownBodies(from));

  return {
    find,
    planned,

    /** Keeps what was dropped, until it is confirmed. Dropped once and delivered twice, it is one import. */
    async keep(turn: Turn, fileName: string, { rows, problems }: ReadRegister): Promise<RegisterImport> {
      const { tenantId, objectId } = turn.person;
      await db.transaction(async (tx) => {
        const [added] = await tx
          .insert(registerImports)
          .values({
            id: turn.effect,
            tenantId,
            objectId,
            fileName: fileName.slice(0, 200),
            rows,
            problems,
            createdAt: asDate(clock.now()),
          })
          .onConflictDoNothing()
          .returning({ id: registerImports.id });
        if (!added) return;
        await quotas.spend(tx, turn.person, 'people.files');
        const figures = { bodies: rows.length, problems: problems.length };
        await audit.record(tx, turn.person, 'register.drop', keptOf(added.id, figures));
      });
      return find(turn.effect, turn.person);
    },

    /**
     * Writes an import, once, if it still does what was shown: `mark` is the plan's. Those who wait for the body to which
     * their tenant leads from now on are confirmed, and told.
     */
    confirm: (staff: Person, id: string, mark: string): Promise<Confirmed> =>
      db.transaction(async (tx) => {
        await serialize(tx, 'organization names');
        await serialize(tx, 'tenant mappings');
        const found = await find(id, staff, tx);
        if (found.state !== 'waiting' || found.problems.length > 0) return 'closed';
        const plan = await planned(found.rows, tx);
        if (plan.mark !== mark || plan.problems.length > 0) return 'changed';
        const now = asDate(clock.now());
        await writeRegister(tx, { audit, deliveries }, staff, plan, { act: 'import', id, now });
        await tx.update(registerImports).set({ state: 'done' }).where(eq(registerImports.id, id));
        return 'done';
      }),

    /** Gives up an import that waits. */
    discard: (person: PersonKey, id: string): Promise<void> =>
      db.transaction(async (tx) => {
        const [given] = await tx
          .update(registerImports)
          .set({ state: 'discarded' })
          .where(
            and(
              eq(registerImports.id, id),
              isPerson(registerImports, person),
              eq(registerImports.state, 'waiting'),
            ),
          )
          .returning({ id: registerImports.id });
        if (given) await audit.record(tx, person, 'register.discard', given.id);
      }),

    /** What was done with registers, by whom, the newest first: a page, kept as long as the trail. */
    async trail(wanted: number) {
      const { rows, page, total } = await searchTrail(db, { prefix: 'register' }, wanted, TRAIL_PAGE);
      return pageAt(rows, page, total, TRAIL_PAGE);
    },

    heldOf: (person: PersonKey) =>
      db
        .select({
          file: registerImports.fileName,
          state: registerImports.state,
          createdAt: registerImports.createdAt,
        })
        .from(registerImports)
        .where(isPerson(registerImports, person)),

    async erase(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(registerImports).where(isPerson(registerImports, person));
    },
  };
}

export type Register = ReturnType<typeof buildRegister>;
