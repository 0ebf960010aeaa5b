import type { Db } from '../../../../core/ports.ts';
import type { Context } from '../../fiche/rules/check.ts';
import { type Fiche, fingerprint } from '../../fiche/rules/fiche.ts';
import { fingerprints, newestVersions, offerOwners } from '../../fiche/store.ts';

/** What is known of these suppliers, or of the whole catalogue. */
export async function contextOf(
  handle: Db,
  suppliers?: readonly string[],
  offers?: readonly string[],
): Promise<Context> {
  const newest = new Map(
    (await newestVersions(handle, suppliers)).map((fiche) => [fiche.supplier.id, fiche]),
  );
  const published = new Map(
    (await fingerprints(handle, suppliers)).map((row) => [`${row.supplier}_${row.version}`, row.fingerprint]),
  );
  const owners = new Map((await offerOwners(handle, offers)).map((row) => [row.offer, row.supplier]));
  return {
    newest: (supplier) => newest.get(supplier),
    published: (supplier, version) => published.get(`${supplier}_${version}`),
    ownerOf: (offer) => owners.get(offer),
  };
}

/** A context that takes in what is accepted, so that several versions can be published at once. */
export function growing(context: Context): Context & { add(fiche: Fiche): void } {
  const newest = new Map<string, Fiche>();
  const published = new Map<string, string>();
  const owners = new Map<string, string>();
  return {
    newest: (supplier) => newest.get(supplier) ?? context.newest(supplier),
    published: (supplier, version) =>
      published.get(`${supplier}_${version}`) ?? context.published(supplier, version),
    ownerOf: (offer) => owners.get(offer) ?? context.ownerOf(offer),
    add(fiche) {
      const { supplier, version, offers } = fiche;
      newest.set(supplier.id, fiche);
      published.set(`${supplier.id}_${version}`, fingerprint(fiche));
      for (const { id } of offers) owners.set(id, context.ownerOf(id) ?? supplier.id);
    },
  };
}
