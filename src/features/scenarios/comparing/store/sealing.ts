import { and, desc, eq, inArray } from 'drizzle-orm';
import { asDate } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import { newId } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { batched } from '../../../../core/rows/batched.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import { comparedFact, lastSealFact } from '../../rules/facts.ts';
import { scenarioSeals } from '../../tables.ts';
import { seal } from '../rules/sealed-record.ts';
import { type Comparing, type ComparingPorts, cheapestOf, type FileComparison } from './comparing.ts';

export type SealRow = typeof scenarioSeals.$inferSelect;

const sealsOf = batched(
  (from, ids) => from.select().from(scenarioSeals).where(inArray(scenarioSeals.id, ids)),
  ({ id }) => id,
);
const latestOf = batched(
  (from, files) =>
    from
      .selectDistinctOn([scenarioSeals.acquisitionId])
      .from(scenarioSeals)
      .where(inArray(scenarioSeals.acquisitionId, files))
      .orderBy(scenarioSeals.acquisitionId, desc(scenarioSeals.sealedAt)),
  ({ acquisitionId }) => acquisitionId,
);

/** A sealed comparison of a file, or its latest one. */
export async function findSeal(from: Db, file: string, id?: string): Promise<SealRow | undefined> {
  if (id === undefined) return (await latestOf(from, file))[0];
  const [row] = await sealsOf(from, id);
  return row?.acquisitionId === file ? row : undefined;
}

export type Sealing = ReturnType<typeof buildSealing>;

/** Comparisons that are kept as they were, and can be calculated again (guide 3.4.1). */
export function buildSealing({ db, clock, files, catalogue }: ComparingPorts, { comparisonOf }: Comparing) {
  /** Seals a comparison within a transaction that holds the file; its row. */
  async function sealIn(tx: Tx, person: Person, compared: FileComparison): Promise<SealRow> {
    const { file, request, fiches } = compared;
    const { record, hash } = seal(request, fiches, brokerDate(clock.now()).toString());
    const [known] = await tx
      .select()
      .from(scenarioSeals)
      .where(and(eq(scenarioSeals.acquisitionId, file.id), eq(scenarioSeals.hash, hash)));
    if (known) return known;
    const row = { id: newId(), acquisitionId: file.id, hash, record, sealedAt: asDate(clock.now()) };
    await tx.insert(scenarioSeals).values(row);
    const lowest = cheapestOf(compared);
    if (lowest) {
      await files.writeFact(tx, file.id, lastSealFact, lowest);
      await files.writeFact(tx, file.id, comparedFact, lowest);
      await files.concern(tx, file.id, 'suppliers', [lowest.supplier]);
    }
    await files.record(tx, file.id, person, `Comparaison scellée, empreinte ${hash.slice(0, 12)}.`);
    return row;
  }

  return {
    sealIn,

    /** Keeps the comparison as it stands today; the same one twice is one. */
    seal: (person: Person, id: string): Promise<SealRow> =>
      db.transaction(async (tx) => {
        await files.lockOpen(tx, id, person);
        return sealIn(tx, person, await comparisonOf(id, person, tx));
      }),

    /** A file's sealed comparisons, the latest first. */
    async seals(id: string, person: PersonKey): Promise<SealRow[]> {
      await files.findFile(id, person);
      return db
        .select()
        .from(scenarioSeals)
        .where(eq(scenarioSeals.acquisitionId, id))
        .orderBy(desc(scenarioSeals.sealedAt));
    },

    /** Calculates a sealed comparison again from the fiches that it names; whether the hash is the same. */
    async verify(id: string, sealId: string, person: PersonKey): Promise<{ row: SealRow; same: boolean }> {
      await files.findFile(id, person);
      const row = await findSeal(db, id, sealId);
      if (!row) throw notFound();
      const fiches = await catalogue.identified(row.record.fiches);
      return { row, same: seal(row.record.request, fiches, row.record.asOf).hash === row.hash };
    },
  };
}
