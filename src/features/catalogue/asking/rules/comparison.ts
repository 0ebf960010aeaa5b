import { compose } from '../../../../core/text/text.ts';
import { LONGEST, PLEASE, phrase, reading, WHICH } from '../../../../core/text/wording.ts';
import { browse } from '../../browsing/rules/browse.ts';
import type { CatalogueView, Listed } from '../../browsing/rules/view.ts';
import type { Category } from '../../fiche/rules/categories.ts';
import { MOST_UNITS } from '../../fiche/rules/fiche.ts';
import { categoryPhrases, USERS } from './lexicon.ts';

/** What somebody wants side by side. */
export interface Comparison {
  /** The names, as they were typed. */
  readonly names: readonly string[];
  readonly category: Category | undefined;
  readonly units: number | undefined;
}

const VERB =
  /(?<![\p{L}])(?:comp?ar(?:e[rz]?|aison|atif|ons)|diff[ée]rences?|c[oô]te [aà] c[oô]te|(?:moins|plus) ch[eè]re?s?(?= entre\b))(?![\p{L}])/iu;
const VERSUS = /\s(?:vs\.?|versus|contre)\s/iu;
const AFTER =
  /^[\s:]*(?:(?:entre|de|du|des|d['’]|les|l['’]|le|la|prix|co[uû]ts?|offres?|moi|nous)(?=[\s'’]|$)[\s'’]*)*/iu;
const BETWEEN = /\s+(?:et|avec|vs\.?|versus|contre|ou|à)\s+|\s*[,;&/+]\s*/iu;
const FOR_UNITS = new RegExp(
  `\\s(?:pour|à|a)\\s+(\\d{1,3}(?:[\\s\\u00a0]\\d{3})+|\\d{1,8})\\s+(?:${USERS})\\s*[?.!]*$`,
  'iu',
);
const MOST_NAMES = 6;

/** Whether what comes before the names says nothing. */
function isPlain(text: string): boolean {
  if (text.trim() === '') return true;
  const words = reading(text);
  words?.take(
    phrase(
      '(?:est ce que )?(?:pouvez vous|peux tu|tu peux|pourriez vous|je (?:veux|voudrais)|on (?:veut|voudrait)|j aimerais)',
    ),
  );
  words?.take(PLEASE);
  words?.take(WHICH);
  words?.take(phrase('c est quoi|faire|fais|faites|mets|mettre|cote a cote'));
  return words !== undefined && words.left().length === 0;
}

/** The category that a text names, when it names one. */
export function categoryIn(text: string): Category | undefined {
  const words = reading(text);
  if (!words) return undefined;
  const found = categoryPhrases().flatMap(([category, source]) =>
    words.reads(phrase(source)) ? [category] : [],
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Reads « comparer Nordet Courriel et Outarde Courriel », « Nordet vs Outarde »: names, which are looked up after. */
export function readComparison(text: string): Comparison | undefined {
  if (text.length > LONGEST) return undefined;
  const said = compose(text).replace(/[«»"“”?!]/gu, ' ');
  const verb = VERB.exec(said);
  if (!verb && !VERSUS.test(said)) return undefined;
  if (verb && !isPlain(said.slice(0, verb.index))) return undefined;
  const after = verb ? said.slice(verb.index + verb[0].length).replace(AFTER, '') : said;
  const typed = FOR_UNITS.exec(after);
  const units = Number(typed?.[1]?.replace(/\s/gu, ''));
  const names = after
    .replace(FOR_UNITS, '')
    .split(BETWEEN)
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length < 2 || names.length > MOST_NAMES) return undefined;
  return {
    names,
    category: categoryIn(after),
    units: units >= 1 && units <= MOST_UNITS ? units : undefined,
  };
}

/** A name without the words of a category: « Outarde » of « Outarde Sondage ». */
function withoutCategory(name: string): string {
  const words = reading(name);
  for (const [, source] of categoryPhrases()) words?.take(phrase(source));
  return words?.left().join(' ') ?? '';
}

/** What the names of a comparison stand for. */
export interface Compared {
  readonly offers: readonly Listed[];
  /** Suppliers that are named without an offer that can be told. */
  readonly suppliers: readonly string[];
  /** Names that nobody in the catalogue bears. */
  readonly unknown: readonly string[];
}

/**
 * The offers that names stand for: the offer named, or the supplier's cheapest of the category. Undefined when no name is
 * known, or when something else than names is said.
 */
export function resolve(view: CatalogueView, { names, category, units }: Comparison): Compared | undefined {
  const named = names.map((name) => ({ name, found: view.names.find(name) }));
  const saysMore = ({ name, found }: (typeof named)[number]) =>
    found && !found.isAll && !view.names.find(withoutCategory(name))?.isAll;
  if (named.every(({ found }) => !found) || named.some(saysMore)) return undefined;
  const direct = named.flatMap(({ found }) => view.offer(found?.offers[0] ?? '') ?? []);
  const wanted = category ?? direct[0]?.offer.categories[0];
  const offers: Listed[] = [];
  const suppliers: string[] = [];
  const unknown: string[] = [];
  for (const { name, found } of named) {
    if (!found) {
      unknown.push(name);
      continue;
    }
    const of = (supplier: string | undefined) =>
      wanted &&
      browse(view, { category: wanted, sort: 'price', ...(units && { units }) }).find(
        ({ fiche }) => fiche.supplier.id === supplier,
      );
    const offer = view.offer(found.offers[0] ?? '') ?? of(found.suppliers[0]);
    if (offer) offers.push(offer);
    else suppliers.push(...found.suppliers.slice(0, 1));
  }
  return { offers: [...new Set(offers)], suppliers, unknown };
}
