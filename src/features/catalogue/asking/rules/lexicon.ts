import { wordsOf } from '../../../../core/text/wording.ts';
import { CATEGORIES, CATEGORY_NAMES, type Category } from '../../fiche/rules/categories.ts';
import { featureName } from '../../texts.ts';

/** Other ways of naming a category, as phrases. */
const ALSO: Partial<Record<Category, string>> = {
  courriel:
    'courriels?|couriels?|e ?mails?|mails?|messageries? electroniques?|messageries?|boites? (?:aux lettres|de |a )?(?:courriels?|messages?)|boites? aux lettres',
  'reseau-social': 'reseaux? socia(?:l|ux)(?: d entreprise| internes?)?',
  visioconference:
    'visios?(?: ?conferences?)?|video ?conferences?|conferences? video|(?:rencontres?|reunions?|appels?) (?:video|virtuelles?|en ligne)',
  'traitement-de-texte': 'traitements? de textes?',
  tableur: 'tableurs?|chiffriers?|feuilles? de calcul',
  presentation: 'presentations?|diaporamas?|logiciels? de presentation',
  'plateforme-collaborative':
    'plateformes? collaboratives?|plateformes? de collaboration|espaces? (?:collaboratifs?|de travail)',
  'messagerie-instantanee': 'messageries? instantanees?|clavardages?|chat',
  'partage-de-fichiers':
    '(?:partages?|synchronisation|stockage)(?: et (?:de )?synchronisation)? de (?:fichiers?|documents?)|stockage en ligne',
  sondage: 'sondages?|formulaires? en ligne|questionnaires? en ligne',
};

const spelled = (name: string): string => wordsOf(name).join(' ');

/** Each category with the phrases that name it; the longer names first, so that « messagerie instantanée » is no e-mail. */
export const categoryPhrases = (): readonly (readonly [Category, string])[] =>
  CATEGORIES.map((category): readonly [Category, string] => {
    const also = ALSO[category];
    return [
      category,
      also ? `${spelled(CATEGORY_NAMES[category])}|${also}` : spelled(CATEGORY_NAMES[category]),
    ];
  }).sort(([one], [other]) => Number(one === 'courriel') - Number(other === 'courriel'));

const FEATURES_ALSO: Record<string, string> = {
  mfa: 'mfa|multifacteurs?|(?:double|deux|2) (?:authentification|facteurs?)|authentification (?:a )?(?:deux|2|double) facteurs?',
  sso: 'sso',
  accessibilite: 'accessibles?',
  archivage: 'archives?|archivage',
};

/** The phrases that name a feature which offers may have. */
export const featurePhrase = (feature: string): string =>
  [spelled(featureName(feature)), FEATURES_ALSO[feature]].filter(Boolean).join('|');

/** What is sold, and who sells it. */
export const OFFERS =
  '(?:offres?|produits?|solutions?|logiciels?|outils?|licences?|abonnements?|options?|applications?|services?)(?: (?:infonuagiques?|cloud|saas))?';
export const SUPPLIERS = 'fournisseurs?|compagnies?|entreprises|vendeurs?|editeurs?';
export const USERS =
  'utilisateurs?|usagers?|employes?|personnes?|postes?|comptes?|boites?|licences?|unites?|users?';

/** Words in which a typing error is understood. */
export const LEXICON: readonly string[] =
  `offre offres fournisseur fournisseurs courriel courriels catalogue visioconference clavardage messagerie tableur
  presentation sondage quebec canada francais anglais licence licences logiciel logiciels heberge hebergee hebergees heberges
  hebergement moins cheres chere chers combien quelles quels lesquelles lesquels avez prix comparer comparez mois annee tarif tarifs
  utilisateurs usagers employes plateforme collaborative fichiers partage`
    .trim()
    .split(/\s+/);
