import { isDeepStrictEqual } from 'node:util';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { type Fiche, fingerprint } from '../../fiche/rules/fiche.ts';
import { standingVersions } from '../../fiche/store/publishing.ts';
import type { UploadedFile, uploads } from '../../tables.ts';

export type Upload = typeof uploads.$inferSelect;

/** The version in force and those to come of each of these suppliers, the oldest first. */
export const standingOf = async (handle: Db, clock: Clock, suppliers: readonly string[]) =>
  Map.groupBy(await standingVersions(handle, asDate(clock.now()), suppliers), (fiche) => fiche.supplier.id);

type StandingVersions = ReadonlyMap<string, readonly Fiche[]>;

/** A file as it was read. */
export type ReadFile = Pick<UploadedFile, 'name' | 'fiche' | 'warnings'>;

/** Each file with the version that it is compared with: the one before its date, also of the upload, and the one after. */
export function based(files: readonly ReadFile[], standing: StandingVersions): UploadedFile[] {
  const known = new Map(standing);
  return files.map(({ name, fiche, warnings }) => {
    const { supplier, version } = fiche;
    const theirs = known.get(supplier.id) ?? [];
    const before = theirs.findLast((other) => other.version <= version);
    const after = theirs.find((other) => other.version > version);
    const others = theirs.filter((other) => other.version !== version);
    known.set(
      supplier.id,
      [...others, fiche].sort((one, other) => (one.version < other.version ? -1 : 1)),
    );
    return {
      name,
      fiche,
      warnings,
      basis: before?.version ?? null,
      next: after?.version ?? null,
      against: [before, after].map((other) => (other ? fingerprint(other) : null)),
    };
  });
}

/** Whether a file is still compared with what it was when it was shown; the release before kept less of it. */
export const isBasedAlike = (
  shown: UploadedFile | undefined,
  { basis, next, against }: UploadedFile,
): boolean =>
  basis === shown?.basis &&
  (shown.next === undefined || next === shown.next) &&
  (shown.against === undefined || isDeepStrictEqual(against, shown.against));
