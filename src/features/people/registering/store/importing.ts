import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import { countsOf, planOf } from '../rules/plan.ts';
import type { RegisterRow } from '../rules/row.ts';
import { effectLines } from '../screens/cards.ts';
import { knownBodies } from './bodies.ts';
import { applyPlan } from './register.ts';

/** What a register does, or would do, to the bodies that are known; it is written when `write` says so and nothing is wrong. */
export const importRegister = (db: Db, clock: Clock, rows: readonly RegisterRow[], write: boolean) =>
  db.transaction(async (tx) => {
    await serialize(tx, 'organization names');
    const plan = planOf(rows, await knownBodies(tx));
    const { added, completed } = countsOf(plan);
    const written = write && plan.problems.length === 0 && added + completed > 0;
    if (written) await applyPlan(tx, plan, asDate(clock.now()));
    const { problems, notes } = plan;
    return { problems, notes, effects: effectLines(plan), counts: countsOf(plan), written };
  });
