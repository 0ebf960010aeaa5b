import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { standingVersions } from '../../fiche/store.ts';
import type { UploadedFile, uploads } from '../../tables.ts';

export type Upload = typeof uploads.$inferSelect;

/** The version in force and those to come of each of these suppliers, the oldest first. */
export const standingOf = async (handle: Db, clock: Clock, suppliers: readonly string[]) =>
  Map.groupBy(await standingVersions(handle, asDate(clock.now()), suppliers), (fiche) => fiche.supplier.id);

type Standing = ReadonlyMap<string, readonly Fiche[]>;

/** Each file with the version that it is compared with: the one before its date, also of the upload, and the one after. */
export function based(files: readonly Omit<UploadedFile, 'basis' | 'next'>[], standing: Standing) {
  const dates = new Map(
    [...standing].map(([supplier, fiches]) => [supplier, fiches.map((one) => one.version)]),
  );
  return files.map(({ name, fiche, warnings }): UploadedFile => {
    const { supplier, version } = fiche;
    const known = dates.get(supplier.id) ?? [];
    dates.set(supplier.id, [...new Set([...known, version])].sort());
    return {
      name,
      fiche,
      warnings,
      basis: known.findLast((date) => date <= version) ?? null,
      next: known.find((date) => date > version) ?? null,
    };
  });
}
