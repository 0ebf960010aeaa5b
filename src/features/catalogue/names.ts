import { editDistance } from '../../core/edit-distance.ts';
import { fold } from '../../core/text.ts';
import type { Fiche } from './fiche.ts';

/** What a text names in the catalogue. */
export interface Named {
  /** Supplier ids, best first. */
  readonly suppliers: readonly string[];
  /** Ids of offers that are named more precisely than their supplier, best first. */
  readonly offers: readonly string[];
  /** Whether the text says little else than the name: « les prix de Nordet ». */
  readonly isAll: boolean;
}

export interface NameIndex {
  /** Suppliers and offers that a text names, typing errors included; undefined when it names none. */
  find(text: string): Named | undefined;
}

/** Parts of names that tell nobody from anybody. */
const GENERIC = new Set(
  'inc ltee enr senc secc coop cooperative groupe compagnie cie solutions solution services service logiciels logiciel infonuagique infonuagiques informatique numerique nuage technologies technologie donnees collaboration offre suite quebec canada'.split(
    ' ',
  ),
);

/** What one may say around a name and still want to see it. */
const AROUND = new Set(
  'prix tarif tarifs tarification cout couts coute coutent coutera combien offre offres fournisseur fournisseurs fiche fiches contact contacts coordonnees telephone numero adresse personne personnes ressource ressources catalogue voir voyons montre montrez montrer affiche affichez afficher cherche chercher recherche trouve trouver donne donnez donner info infos information informations renseignement renseignements detail details site condition conditions document documents entente annexe historique version versions produit produits service services propose proposent vend vendent securite hebergement disponibilite essai banc aimerais voudrais veux peux pouvez besoin parle parler propos quel quelle quels quelles sont avec chez pour dans leur leurs compagnie entreprise merci svp bonjour plait compare comparer entre'.split(
    ' ',
  ),
);

const words = (text: string): string[] =>
  fold(text)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** How many errors a word of a name may hold. */
function tolerance(typed: string, name: string): number {
  const shorter = Math.min(typed.length, name.length);
  if (shorter < 4) return 0;
  return shorter >= 6 && typed.slice(0, 3) === name.slice(0, 3) ? 2 : 1;
}

interface Entry {
  readonly id: string;
  readonly supplier: string;
  /** Words that must all be named. */
  readonly needed: readonly string[];
}

/**
 * The names of a catalogue. `isCommonWord` tells the words of everyday questions, which never count as a
 * name misspelt, nor as a name by themselves.
 */
export function buildNameIndex(fiches: readonly Fiche[], isCommonWord: (word: string) => boolean): NameIndex {
  const suppliers: Entry[] = [];
  const offers: Entry[] = [];
  for (const { supplier, offers: sold } of fiches) {
    const name = words(supplier.name).filter((word) => !GENERIC.has(word));
    const own = name.filter((word) => word.length > 2 && !isCommonWord(word));
    suppliers.push({ id: supplier.id, supplier: supplier.id, needed: own.length > 0 ? own : name });
    for (const { id, name: title, status } of sold) {
      if (status === 'withdrawn') continue;
      const needed = words(title).filter((word) => word.length > 1);
      offers.push({ id, supplier: supplier.id, needed });
    }
  }

  return {
    find(text) {
      const typed = words(text.slice(0, 300)).slice(0, 40);
      const used = new Set<string>();
      /** The distance of the typed word that names this one; undefined when none does. */
      const match = (needed: string): number | undefined => {
        let best: { word: string; distance: number } | undefined;
        for (const word of typed) {
          const distance =
            word === needed ? 0 : isCommonWord(word) ? Number.POSITIVE_INFINITY : apart(word, needed);
          if (distance !== Number.POSITIVE_INFINITY && (!best || distance < best.distance))
            best = { word, distance };
        }
        if (best) used.add(best.word);
        return best?.distance;
      };
      const named = (entries: readonly Entry[]) =>
        entries
          .flatMap((entry) => {
            const distances = entry.needed.map(match);
            const complete = entry.needed.length > 0 && distances.every((distance) => distance !== undefined);
            return complete
              ? [{ entry, distance: distances.reduce<number>((sum, each) => sum + (each ?? 0), 0) }]
              : [];
          })
          .sort((a, b) => a.distance - b.distance || b.entry.needed.length - a.entry.needed.length)
          .map(({ entry }) => entry);
      const foundSuppliers = named(suppliers);
      used.clear();
      for (const { needed } of foundSuppliers) needed.forEach(match);
      const foundOffers = named(offers).filter(
        ({ needed, supplier }) =>
          needed.length > 1 ||
          !suppliers.some((entry) => entry.id === supplier && entry.needed.includes(needed[0] ?? '')),
      );
      if (foundSuppliers.length === 0 && foundOffers.length === 0) return undefined;
      const rest = typed.filter((word) => !used.has(word) && word.length > 3 && !AROUND.has(word));
      return {
        suppliers: foundSuppliers.map(({ id }) => id),
        offers: foundOffers.map(({ id }) => id),
        isAll: rest.length === 0,
      };
    },
  };
}

function apart(typed: string, name: string): number {
  const limit = tolerance(typed, name);
  if (limit === 0) return Number.POSITIVE_INFINITY;
  const distance = editDistance(typed, name, limit);
  return distance <= limit ? distance : Number.POSITIVE_INFINITY;
}
