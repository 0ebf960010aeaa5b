import { asc, gt } from 'drizzle-orm';
import type { Db } from '../../../../core/ports/db.ts';
import { canonicalHash } from '../../../../core/rows/canonical-hash.ts';
import { scenarioSeals } from '../../tables.ts';

/** How many are read at once. */
const BATCH = 200;

export interface SealsChecked {
  readonly seals: number;
  /** The ids of those whose record is no longer the one that was sealed. */
  readonly broken: readonly string[];
}

/** Calculates the hash of every sealed comparison again, from what is kept of it. */
export async function checkSeals(db: Db): Promise<SealsChecked> {
  const broken: string[] = [];
  let seals = 0;
  let after: string | undefined;
  for (;;) {
    const rows = await db
      .select({ id: scenarioSeals.id, record: scenarioSeals.record, hash: scenarioSeals.hash })
      .from(scenarioSeals)
      .where(after === undefined ? undefined : gt(scenarioSeals.id, after))
      .orderBy(asc(scenarioSeals.id))
      .limit(BATCH);
    broken.push(...rows.filter(({ record, hash }) => canonicalHash(record) !== hash).map(({ id }) => id));
    seals += rows.length;
    after = rows.at(-1)?.id;
    if (rows.length < BATCH) return { seals, broken };
  }
}
