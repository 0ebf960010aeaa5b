import { and, eq } from 'drizzle-orm';
import type { Db } from '../../../../core/ports.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';
import { newestVersions } from '../../fiche/store.ts';
import { type UploadedFile, uploads } from '../../tables.ts';

export type Upload = typeof uploads.$inferSelect;

/** An upload, for whoever dropped it, where they did. */
export const ownedBy = (id: string, { person, conversation }: Turn) =>
  and(
    eq(uploads.id, id),
    eq(uploads.tenantId, person.tenantId),
    eq(uploads.objectId, person.objectId),
    eq(uploads.conversationId, conversation.id),
  );

/** The newest version of each of these suppliers. */
export const newestOf = async (handle: Db, suppliers: readonly string[]) =>
  new Map((await newestVersions(handle, [...suppliers])).map((fiche) => [fiche.supplier.id, fiche]));

/** Each file with the version that it is compared with: the newest, or the one before it in the upload. */
export function based(files: readonly Omit<UploadedFile, 'basis'>[], newest: ReadonlyMap<string, Fiche>) {
  const latest = new Map([...newest].map(([supplier, { version }]) => [supplier, version]));
  return files.map(({ name, fiche, warnings }): UploadedFile => {
    const basis = latest.get(fiche.supplier.id) ?? null;
    latest.set(fiche.supplier.id, fiche.version);
    return { name, fiche, warnings, basis };
  });
}
