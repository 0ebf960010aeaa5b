import { editDistance } from '../../../../core/text/edit-distance.ts';
import { compose, fold } from '../../../../core/text/text.ts';
import type { Fiche } from '../../fiche/rules/fiche.ts';

/** What a text names in the catalogue. */
export interface Named {
  /** Supplier ids, best first. */
  readonly suppliers: readonly string[];
  /** Ids of offers that are named more precisely than their supplier, best first. */
  readonly offers: readonly string[];
  /** Whether the text says little else than the name: « les prix de Nordet ». */
  readonly isAll: boolean;
  /** The text with « fournisseur » in the place of the name: what it asks whoever is named. */
  readonly generic: string;
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
  'prix tarif tarifs tarification cout couts coute coutent coutera combien offre offres fournisseur fournisseurs fiche fiches contact contacts coordonnees telephone numero adresse personne personnes ressource ressources catalogue voir voyons montre montrez montrer affiche affichez afficher cherche chercher recherche trouve trouver donne donnez donner info infos information informations renseignement renseignements detail details site condition conditions document documents entente annexe historique version versions produit produits service services propose proposent vend vendent securite hebergement disponibilite essai banc aimerais voudrais veux peux pouvez besoin parle parler propos quel quelle quels quelles sont avec chez pour dans leur leurs compagnie entreprise merci svp bonjour plait compare comparer entre avez vous offrez vendez disponible disponibles existe heberge hebergee heberges hebergees quebec canada usagers utilisateurs employes personnes'.split(
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
  /** Words that must all be named. */
  readonly needed: readonly string[];
  /** Every word of the name: saying them says nothing more. */
  readonly name: readonly string[];
}

interface Match {
  readonly entry: Entry;
  readonly distance: number;
  /** The typed words that name it. */
  readonly typed: readonly string[];
}

/** Whether a word is one of everyday questions; `written`, in that very form. */
export type CommonWord = (word: string, written?: boolean) => boolean;

/**
 * The names of a catalogue, one fiche per supplier. `isCommonWord` tells the words of everyday questions,
 * which never count as a name misspelt, nor as a name by themselves.
 */
export function buildNameIndex(fiches: readonly Fiche[], isCommonWord: CommonWord): NameIndex {
  const isOwn = (word: string) => word.length > 2 && !GENERIC.has(word) && !isCommonWord(word);
  const suppliers: Entry[] = [];
  const offers: Entry[] = [];
  for (const { supplier, offers: sold } of fiches) {
    const name = words(supplier.name);
    const own = name.filter(isOwn);
    const needed = own.length > 0 ? own : name;
    suppliers.push({ id: supplier.id, needed, name });
    for (const { id, name: title, status } of sold) {
      const said = words(title).filter((word) => word.length > 1);
      const beyond = said.filter((word) => !needed.includes(word));
      if (status === 'withdrawn' || beyond.length === 0) continue;
      offers.push({ id, needed: said.some(isOwn) ? said : [...needed, ...said], name: [...name, ...said] });
    }
  }

  /** The typed word nearest to a word of a name. */
  function nearest(typed: readonly string[], needed: string): { word: string; distance: number } | undefined {
    let best: { word: string; distance: number } | undefined;
    for (const word of typed) {
      const distance = word === needed ? 0 : isCommonWord(word, true) ? undefined : apart(word, needed);
      if (distance !== undefined && (!best || distance < best.distance)) best = { word, distance };
    }
    return best;
  }

  function match(entry: Entry, typed: readonly string[]): Match[] {
    const found = entry.needed.map((needed) => nearest(typed, needed));
    if (found.length === 0 || found.includes(undefined)) return [];
    const distance = found.reduce((sum, each) => sum + (each?.distance ?? 0), 0);
    return [{ entry, distance, typed: found.flatMap((each) => each?.word ?? []) }];
  }

  const matches = (entries: readonly Entry[], typed: readonly string[]): Match[] =>
    entries
      .flatMap((entry) => match(entry, typed))
      .sort((a, b) => a.distance - b.distance || b.entry.needed.length - a.entry.needed.length);

  return {
    find(text) {
      const composed = compose(text);
      const typed = words(composed.slice(0, 300)).slice(0, 40);
      const foundSuppliers = matches(suppliers, typed);
      const foundOffers = matches(offers, typed);
      const found = [...foundSuppliers, ...foundOffers];
      if (found.length === 0) return undefined;
      const used = new Set(found.flatMap((each) => each.typed));
      const said = new Set([...used, ...found.flatMap(({ entry }) => entry.name)]);
      const rest = typed.filter(
        (word) => !said.has(word) && word.length > 3 && !AROUND.has(word) && !/^\d+$/.test(word),
      );
      return {
        suppliers: foundSuppliers.map(({ entry }) => entry.id),
        offers: foundOffers.map(({ entry }) => entry.id),
        isAll: rest.length === 0,
        generic: composed.replace(/[\p{L}\p{N}]+/gu, (word) => (used.has(fold(word)) ? 'fournisseur' : word)),
      };
    },
  };
}

/** The errors between a typed word and a name's, when they are few enough. */
function apart(typed: string, name: string): number | undefined {
  const limit = tolerance(typed, name);
  const distance = limit === 0 ? undefined : editDistance(typed, name, limit);
  return distance !== undefined && distance <= limit ? distance : undefined;
}
