import { fold } from '../../../../core/text.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../fiche/rules/categories.ts';

/** Other ways of naming a category, folded. */
const ALSO: Partial<Record<Category, readonly string[]>> = {
  courriel: ['courriels', 'messagerie electronique'],
  'reseau-social': ['reseau social', 'reseaux sociaux'],
  visioconference: ['visio', 'visioconferences'],
  tableur: ['tableurs'],
  presentation: ['presentations'],
  'messagerie-instantanee': ['clavardage'],
  'partage-de-fichiers': ['partage de fichier', 'synchronisation de fichiers'],
  sondage: ['sondages'],
};

const names = (): readonly [string, Category][] =>
  CATEGORIES.flatMap((category) =>
    [fold(CATEGORY_NAMES[category]), ...(ALSO[category] ?? [])].map((name): [string, Category] => [
      name,
      category,
    ]),
  );

/** What makes a category's name a wish to see its offers, and the small words around it. */
const WISH = /^(?:catalogue|offres?|prix|tarifs?)$/;
const SMALL =
  /^(?:les?|la|l|des?|du|d|en|pour|quelles?|quels?|sont|montrez|montre|voir|affichez|moi|toutes?)$/;

/** The category of a text that asks for nothing but its offers: « offres de visioconférence ». */
export function categoryAsked(text: string): Category | undefined {
  const words = fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word && !SMALL.test(word));
  if (!words.some((word) => WISH.test(word))) return undefined;
  const rest = words.filter((word) => !WISH.test(word)).join(' ');
  return names().find(([name]) => bare(name) === rest)?.[1];
}

const bare = (name: string): string =>
  name
    .split(/[^a-z0-9]+/)
    .filter((word) => word && !SMALL.test(word))
    .join(' ');
