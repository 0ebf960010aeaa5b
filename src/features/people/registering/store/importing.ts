import { asDate, type Clock } from '../../../../core/clock.ts';
import { newId } from '../../../../core/id.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import { buildAudit, ITSELF } from '../../audit/store/audit.ts';
import { countsOf, planOf } from '../rules/plan.ts';
import type { RegisterRow } from '../rules/row.ts';
import { effectLines } from '../screens/cards.ts';
import { knownBodies } from './bodies.ts';
import { writeRegister } from './writing.ts';

interface ImportParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly deliveries: Pick<Deliveries, 'addressEach'>;
}

/**
 * What a register does, or would do, to the bodies that are known; it is written when `write` says so and nothing is
 * wrong, as the staff write it in Teams: those who wait are confirmed, and told. Of whoever is at the terminal nothing
 * is known: the trail says the assistant.
 */
export const importRegister = (
  { db, clock, deliveries }: ImportParts,
  rows: readonly RegisterRow[],
  write: boolean,
) => {
  const audit = buildAudit(db, clock);
  return db.transaction(async (tx) => {
    await serialize(tx, 'organization names');
    if (write) await serialize(tx, 'tenant mappings');
    const plan = planOf(rows, await knownBodies(tx));
    const { added, completed } = countsOf(plan);
    const written = write && plan.problems.length === 0 && added + completed > 0;
    const parts = { audit, deliveries };
    const how = { act: 'terminal', id: newId(), now: asDate(clock.now()) } as const;
    const confirmed = written ? await writeRegister(tx, parts, ITSELF, plan, how) : 0;
    const { problems, notes } = plan;
    return { problems, notes, effects: effectLines(plan), counts: countsOf(plan), confirmed, written };
  });
};
