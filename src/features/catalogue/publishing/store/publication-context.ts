import type { Db } from '../../../../core/ports.ts';
import type { Context, GoneOffer } from '../../fiche/rules/check.ts';
import { type Fiche, fingerprint } from '../../fiche/rules/fiche.ts';
import { fingerprints, goneOffers, newestVersions, offerOwners } from '../../fiche/store.ts';

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
  const gone = Map.groupBy(await goneOffers(handle, suppliers), ({ supplier }) => supplier);
  return {
    newest: (supplier) => newest.get(supplier),
    published: (supplier, version) => published.get(`${supplier}_${version}`),
    ownerOf: (offer) => owners.get(offer),
    gone: (supplier) => gone.get(supplier) ?? [],
  };
}

/** A context that takes in what is accepted, so that several versions can be published at once. */
export function growing(context: Context): Context & { add(fiche: Fiche): void } {
  const newest = new Map<string, Fiche>();
  const published = new Map<string, string>();
  const owners = new Map<string, string>();
  const gone = new Map<string, readonly GoneOffer[]>();
  const goneOf = (supplier: string) => gone.get(supplier) ?? context.gone(supplier);
  const newestOf = (supplier: string) => newest.get(supplier) ?? context.newest(supplier);
  return {
    newest: newestOf,
    gone: goneOf,
    published: (supplier, version) =>
      published.get(`${supplier}_${version}`) ?? context.published(supplier, version),
    ownerOf: (offer) => owners.get(offer) ?? context.ownerOf(offer),
    add(fiche) {
      const { supplier, version, offers } = fiche;
      const left = (newestOf(supplier.id)?.offers ?? []).map((offer) => ({ offer, since: version }));
      const present = new Set(offers.map(({ id }) => id));
      gone.set(
        supplier.id,
        [...goneOf(supplier.id), ...left].filter(({ offer }) => !present.has(offer.id)),
      );
      newest.set(supplier.id, fiche);
      published.set(`${supplier.id}_${version}`, fingerprint(fiche));
      for (const { id } of offers) owners.set(id, context.ownerOf(id) ?? supplier.id);
    },
  };
}
