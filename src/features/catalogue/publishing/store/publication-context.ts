import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { type Fiche, fingerprint } from '../../fiche/rules/fiche.ts';
import type { Context, GoneOffer } from '../../fiche/rules/publication.ts';
import { goneOffers } from '../../fiche/store/in-force.ts';
import { fingerprints, offerOwners, standingVersions } from '../../fiche/store/publishing.ts';

/** What is known now of these suppliers, or of the whole catalogue. */
export async function contextOf(
  handle: Db,
  clock: Clock,
  suppliers?: readonly string[],
  offers?: readonly string[],
): Promise<Context> {
  const standing = Map.groupBy(
    await standingVersions(handle, asDate(clock.now()), suppliers),
    ({ supplier }) => supplier.id,
  );
  const published = new Map(
    (await fingerprints(handle, suppliers)).map((row) => [`${row.supplier}_${row.version}`, row.fingerprint]),
  );
  const owners = new Map((await offerOwners(handle, offers)).map((row) => [row.offer, row.supplier]));
  const gone = Map.groupBy(await goneOffers(handle, suppliers), ({ supplier }) => supplier);
  return {
    standing: (supplier) => standing.get(supplier) ?? [],
    published: (supplier, version) => published.get(`${supplier}_${version}`),
    ownerOf: (offer) => owners.get(offer),
    gone: (supplier) => gone.get(supplier) ?? [],
  };
}

/** A context that takes in what is accepted, so that several versions can be published at once. */
export function growing(context: Context): Context & { add(fiche: Fiche): void } {
  const standing = new Map<string, readonly Fiche[]>();
  const published = new Map<string, string>();
  const owners = new Map<string, string>();
  const gone = new Map<string, readonly GoneOffer[]>();
  const goneOf = (supplier: string) => gone.get(supplier) ?? context.gone(supplier);
  const standingOf = (supplier: string) => standing.get(supplier) ?? context.standing(supplier);
  return {
    standing: standingOf,
    gone: goneOf,
    published: (supplier, version) =>
      published.get(`${supplier}_${version}`) ?? context.published(supplier, version),
    ownerOf: (offer) => owners.get(offer) ?? context.ownerOf(offer),
    add(fiche) {
      const { supplier, version, offers } = fiche;
      const others = standingOf(supplier.id).filter((other) => other.version !== version);
      const newest = others.at(-1);
      if (!newest || newest.version < version) {
        const left = (newest?.offers ?? []).map((offer) => ({ offer, since: version }));
        const present = new Set(offers.map(({ id }) => id));
        gone.set(
          supplier.id,
          [...goneOf(supplier.id), ...left].filter(({ offer }) => !present.has(offer.id)),
        );
      }
      standing.set(
        supplier.id,
        [...others, fiche].sort((a, b) => (a.version < b.version ? -1 : 1)),
      );
      published.set(`${supplier.id}_${version}`, fingerprint(fiche));
      for (const { id } of offers) owners.set(id, context.ownerOf(id) ?? supplier.id);
    },
  };
}
