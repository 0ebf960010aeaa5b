import {
  HAVE,
  PLEASE,
  phrase,
  type Reading,
  reading,
  SEEKING,
  WHICH,
} from '../../../../core/text/wording.ts';
import type { Category } from '../../fiche/rules/categories.ts';
import { MOST_UNITS } from '../../fiche/rules/fiche.ts';
import { AVAILABILITIES, type Criteria } from '../../screens/schema.ts';
import { categoryPhrases, featurePhrase, LEXICON, OFFERS, SUPPLIERS, USERS } from './lexicon.ts';

/** What a message asks of the catalogue in words. */
export type Wish =
  | { readonly kind: 'offers'; readonly criteria: Criteria }
  | { readonly kind: 'suppliers'; readonly criteria: Criteria }
  | { readonly kind: 'filters'; readonly criteria: Criteria }
  | { readonly kind: 'categories' };

const FILTER = phrase('filtrer|filtre|filtres|trier|filtrez|triez');
const COUNT = phrase(
  `(?:combien|cb|nombre)(?: (?:y a t il|il y a|avez vous|vous avez|ya))? (?:de|d) (?:(${SUPPLIERS})|(offres?|produits?|solutions?|logiciels?|outils?))(?: (?:y a t il|y a tu|il y a|avez vous|vous avez|ya t il|sont|est ce qu il y a))*`,
);
const CHEAPEST = phrase(
  '(?:du |de la |des )?(?:moins (?:cher|chers|chere|cheres|dispendieux|dispendieuse|dispendieuses|couteux|couteuse|couteuses)|meilleurs? (?:prix|marche)|bon marche|pas (?:trop )?(?:chers?|cheres?)|plus bas prix|prix (?:le|les|la)? ?plus bas|plus economiques?|economiques?)(?: (?:au|a la|aux) plus (?:cher|chere|cheres|chers))?|(?:triee?s? |classee?s? )?(?:par|en|selon|ordre de|par ordre de) prix(?: croissants?)?',
);
const PRICE = phrase(
  '(?:ca |cela )?(?:combien (?:ca )?(?:coute|coutent|vaut)|coute(?:nt)? (?:t elles? )?combien)|combien pour|c est combien|prix|tarifs?|couts?|tarification',
);
const PERIOD = phrase(
  '(?:par|chaque|au|a l|le|tous les|la) (?:mois|annee|an|utilisateurs?|usagers?|licences?|boites?|tete|personnes?|employes?|postes?|comptes?)|mensuel(?:le)?s?|annuel(?:le)?s?',
);
const BY_SUPPLIER = phrase('(?:par|selon le) (?:fournisseur|compagnie)');
const BY_NAME = phrase('(?:par|en|selon l) (?:nom|ordre alphabetique|alphabetique)');
const HOSTED = '(?:hebergee?s?|hebergements?|serveurs?|dont les donnees (?:sont|restent)|stockees?)';
const IN_QUEBEC = phrase(
  `(?:qui (?:est|sont) )?(?:${HOSTED} )?(?:(?:ici )?au|dans le|en|a) quebec(?: (?:seulement|uniquement))?|${HOSTED} quebec|quebec|${HOSTED} quebecois`,
);
const IN_CANADA = phrase(
  `(?:qui (?:est|sont) )?(?:${HOSTED} )?au canada(?: (?:seulement|uniquement))?|${HOSTED} canada|canada|${HOSTED} canadiens?`,
);
const LANGUAGES = [
  [
    'fr',
    '(?:(?:avec |dont la |la )?formation )?(?:(?:disponibles? )?(?:est |sont )?en )francais|francophones?',
  ],
  [
    'en',
    '(?:(?:avec |dont la |la )?formation )?(?:(?:disponibles? )?(?:est |sont )?en )anglais|anglophones?',
  ],
  ['es', '(?:(?:avec |la )?formation )?en espagnol'],
] as const;
const BILINGUAL = phrase('bilingues?|en francais et (?:en )?anglais');
const AVAILABLE = phrase(
  '(?:(?:avec|a) )?(?:(?:une|la) )?disponibilite (?:de |d |a |minimale de )*(?:au moins )?(\\d+(?:[.,]\\d+)?)(?: pour cent)?(?: (?:et|ou) plus)?|disponibles? (?:a )?(\\d\\d[.,]\\d+)(?: pour cent)?',
);
const QUALIFIED = phrase('qualifiees?(?: seulement)?');
const REVIEWED = phrase('(?:en (?:cours d )?analyse|a l etude|sous analyse)');
const FOR_USERS = phrase(`(?:(?:pour|a|de|avec) )?(\\d{1,3}(?: \\d{3})+|\\d{1,8}) (?:${USERS})`);
const IN_CATALOGUE = phrase(
  '(?:(?:qui (?:sont|est) )?(?:au|du|dans le|dans votre|sur le|de votre|le|votre) )?catalogue(?: (?:d offres|infonuagique|du courtier))*|disponibles?|offertes?|offerts?|proposee?s?|inscrite?s?',
);
const SELLERS = phrase(
  'qui (?:vend|vendent|offre|offrent|fournit|fournissent|propose|proposent|a)|qui (?:sont|est)|c est qui',
);
const SELL = phrase('offrent|vendent|proposent|fournissent|ont');
const ALL = phrase('toute?s?|tous');
/** « Et le fournisseur ? » goes on from what was just said, whatever that was. */
const GOES_ON = /^\s*et\s/iu;
/** What a thing is, and not which there are. */
const DEFINES = /^\s*qu['’]?\s?est[-\s]ce\s(?:que\s|qu['’]\s?)une?\s/iu;

/** The criteria of a list, taken one by one. */
function criteriaIn(words: Reading, features: readonly string[]): Criteria {
  const units = words.take(FOR_USERS)?.[1];
  const available = words.take(AVAILABLE);
  const bilingual = words.reads(BILINGUAL);
  const languages = bilingual
    ? ['fr', 'en']
    : LANGUAGES.flatMap(([code, source]) => (words.reads(phrase(source)) ? [code] : []));
  const asked = features.filter((feature) => words.reads(phrase(featurePhrase(feature))));
  const hosting = words.reads(IN_QUEBEC) ? 'QC' : words.reads(IN_CANADA) ? 'CA' : undefined;
  const status = words.reads(QUALIFIED) ? 'qualified' : words.reads(REVIEWED) ? 'under-review' : undefined;
  const percent = (available?.[1] ?? available?.[2])?.replace(',', '.');
  const least = percent && AVAILABILITIES.find((each) => Number(each) >= Number(percent));
  const count = Number(units?.replaceAll(' ', ''));
  return {
    ...(hosting && { hosting }),
    ...(languages.length > 0 && { languages }),
    ...(least && { availability: least }),
    ...(asked.length > 0 && { features: asked }),
    ...(status && { status }),
    ...(count >= 1 && count <= MOST_UNITS && { units: count }),
  };
}

const categoriesIn = (words: Reading): Category[] =>
  categoryPhrases().flatMap(([category, source]) => (words.reads(phrase(source)) ? [category] : []));

/**
 * Reads a message that asks for offers or suppliers of the catalogue, in any words, and for nothing else: a single word
 * that is not understood leaves the message to others. `features` are those that offers have.
 */
export function readWish(text: string, features: readonly string[]): Wish | undefined {
  const words = DEFINES.test(text) ? undefined : reading(text, LEXICON);
  if (!words) return undefined;
  const filtering = [FILTER, FILTER].filter((what) => words.reads(what)).length > 0;
  const counting = words.take(COUNT);
  const pleased = words.reads(PLEASE) || words.reads(SEEKING);
  const which = words.reads(WHICH);
  const having = words.reads(HAVE);
  const cheapest = words.reads(CHEAPEST);
  const priced = words.reads(PRICE);
  words.take(PERIOD);
  const bySupplier = words.reads(BY_SUPPLIER);
  const byName = words.reads(BY_NAME);
  const narrowed = criteriaIn(words, features);
  const categories = categoriesIn(words);
  const sellers = words.reads(SELLERS);
  const named = counting?.[1] !== undefined || words.reads(phrase(SUPPLIERS));
  const suppliers = named || (sellers && categories.length > 0);
  if (named) words.take(SELL);
  const offers =
    [OFFERS, OFFERS].filter((source) => words.reads(phrase(source))).length > 0 || !!counting?.[2];
  const inCatalogue = [IN_CATALOGUE, IN_CATALOGUE].filter((what) => words.reads(what)).length > 0;
  words.take(ALL);
  words.take(WHICH);
  if (words.left().length > 0 || (sellers && !suppliers)) return undefined;

  const [category] = categories;
  const criteria: Criteria = {
    ...(category && { category }),
    ...narrowed,
    ...(cheapest || priced || narrowed.units
      ? { sort: 'price' as const }
      : bySupplier
        ? { sort: 'supplier' as const }
        : byName
          ? { sort: 'name' as const }
          : {}),
  };
  const narrows = Object.keys(narrowed).length > 0;
  if (filtering) return { kind: 'filters', criteria };
  const bare = !category && !narrows && counting === undefined;
  if (suppliers)
    return offers || priced || (bare && GOES_ON.test(text)) ? undefined : { kind: 'suppliers', criteria };
  const told = pleased || which || having || counting !== undefined || inCatalogue;
  if (categories.length > 1) return offers || told ? { kind: 'categories' } : undefined;
  const sorted = criteria.sort !== undefined;
  if (offers && (narrows || category || sorted || told)) return { kind: 'offers', criteria };
  if (category) return { kind: 'offers', criteria };
  return which && narrowed.hosting ? { kind: 'offers', criteria } : undefined;
}
