import { compose, fold } from '../../../../core/text/text.ts';
import { LONGEST, phrase, reading, wordsOf } from '../../../../core/text/wording.ts';
import type { Category } from '../../fiche/rules/categories.ts';
import { categoryIn } from './comparison.ts';
import { categoryPhrases, OFFERS } from './lexicon.ts';

/** A product asked for by its name. */
export interface Product {
  /** As it was typed. */
  readonly name: string;
  /** What it is for, when the words tell it. */
  readonly category: Category | undefined;
}

/** Names that people write without a capital, and what they are for where it is one thing. */
const KNOWN: Readonly<Record<string, Category | undefined>> = {
  microsoft: undefined,
  'microsoft 365': undefined,
  'office 365': undefined,
  office: undefined,
  m365: undefined,
  o365: undefined,
  teams: undefined,
  google: undefined,
  'google workspace': undefined,
  'g suite': undefined,
  zoho: undefined,
  apple: undefined,
  amazon: undefined,
  aws: undefined,
  azure: undefined,
  adobe: undefined,
  salesforce: undefined,
  gmail: 'courriel',
  outlook: 'courriel',
  exchange: 'courriel',
  zoom: 'visioconference',
  webex: 'visioconference',
  'google meet': 'visioconference',
  slack: 'messagerie-instantanee',
  whatsapp: 'messagerie-instantanee',
  dropbox: 'partage-de-fichiers',
  onedrive: 'partage-de-fichiers',
  'google drive': 'partage-de-fichiers',
  sharepoint: 'plateforme-collaborative',
  word: 'traitement-de-texte',
  excel: 'tableur',
  powerpoint: 'presentation',
  surveymonkey: 'sondage',
  viva: 'reseau-social',
};

const MOST_WORDS = 4;

const GREETING = /^\s*(?:(?:bonjour|allo|salut|svp),?\s+)?(?:est[- ]ce (?:que\s+|qu['’]\s*))?/iu;
const BEFORE =
  /^(?:avez[- ]vous|vous avez(?:[- ]tu)?|as[- ]tu|y a[- ]t[- ]il|y[- ]a[- ]t?u|il y a|offrez[- ]vous|vendez[- ]vous|(?:le |les |les prix de |quel est le |c['’]est quoi le )?(?:prix|tarifs?|co[uû]ts?)(?: de| d['’]| du| des| pour)?|combien (?:ça )?(?:co[uû]te(?:nt)?|vaut)|on cherche|je cherche|(?:je|on) (?:veut|veux|voudrait|voudrais)|fiche (?:de|du)|offres? (?:de|du))\s*/iu;
const AFTER =
  /\s*(?:,?\s*(?:est|sont)[- ](?:il|elle|ils|elles)|(?:est|sont|c['’]est)(?:[- ]tu)?|a[- ]t[- ]il)?\s*(?:(?:un|dans les) fournisseurs?|dans (?:le|votre)|au|sur le|disponibles?|offerts?|offertes?|qualifi[ée]e?s?)(?:\s+(?:dans le|au|votre))*(?:\s*catalogue)?\s*$/iu;
const LEADING =
  /^(?:la|le|les|l['’]|une?|des|du|de|d['’]|offres?|produits?|logiciels?|licences?|suite|solution)(?=[\s'’])[\s'’]*/iu;

const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word) || /\d/.test(word);

/** Whether words are a name that can be told without knowing the catalogue. */
function isName(name: string, isCommonWord: (word: string) => boolean): boolean {
  if (Object.hasOwn(KNOWN, wordsOf(name).join(' '))) return true;
  const typed = name.split(/\s+/);
  const rare = wordsOf(name).filter((word) => word.length > 2 && !isCommonWord(word));
  return typed.some(isCapital) && rare.length > 0 && typed.every((word) => isCapital(word) || isSmall(word));
}
const isSmall = (word: string): boolean => (reading(word)?.left() ?? []).length === 0;

/**
 * Reads a message that asks for a product by name, and for nothing else: « avez-vous Microsoft 365 », « prix de Zoom »,
 * « Slack est-il au catalogue ». `isCommonWord` tells the words of everyday questions, which name no product.
 */
export function readProduct(text: string, isCommonWord: (word: string) => boolean): Product | undefined {
  if (text.length > LONGEST) return undefined;
  const said = compose(text)
    .replace(/[«»"“”?!.]/gu, ' ')
    .trim();
  const asked = said.replace(GREETING, '');
  const before = BEFORE.exec(asked)?.[0] ?? '';
  const rest = asked.slice(before.length);
  const after = AFTER.exec(rest)?.[0] ?? '';
  if (before === '' && after === '') return undefined;
  const category = categoryIn(rest);
  let name = rest.slice(0, rest.length - after.length).trim();
  const purpose = / (?:pour|comme|en) (?:(?:le|la|les|l['’]|du|de la|des) ?)?/iu.exec(name);
  if (purpose && category) name = name.slice(0, purpose.index).trim();
  while (LEADING.test(name)) name = name.replace(LEADING, '');
  const count = name.split(/\s+/).length;
  if (name === '' || count > MOST_WORDS || !isName(name, isCommonWord)) return undefined;
  return { name, category: category ?? KNOWN[wordsOf(name).join(' ')] };
}

/** Whether names are all products', of which the catalogue knows nothing. */
export const areProducts = (names: readonly string[], isCommonWord: (word: string) => boolean): boolean =>
  names.every((name) => isName(name, isCommonWord));

/** A name that could be a product's: short, and neither a category nor what all offers are called. */
export function couldBeName(name: string): boolean {
  const words = reading(fold(name));
  for (const [, source] of categoryPhrases()) words?.take(phrase(source));
  words?.take(phrase(OFFERS));
  return words !== undefined && words.left().length > 0 && wordsOf(name).length <= MOST_WORDS;
}
