import { describe, expect, test } from '@jest/globals';
import { readComparison, resolve } from '../../../../src/features/catalogue/asking/rules/comparison.ts';
import { readProduct } from '../../../../src/features/catalogue/asking/rules/product.ts';
import { readWish } from '../../../../src/features/catalogue/asking/rules/wish.ts';
import { buildView } from '../../../../src/features/catalogue/index.ts';
import {
  buildKnowledgeBase,
  KNOWLEDGE_FOLDER,
  readContent,
} from '../../../../src/features/knowledge/index.ts';
import { newest } from '../../../support/catalogue.ts';

const { content, knows } = buildKnowledgeBase(readContent(KNOWLEDGE_FOLDER).content);
const view = buildView(
  newest.map((fiche) => ({ content: fiche, origin: 'sample' })),
  knows,
);
const wishOf = (text: string) => readWish(text, view.features);
const comparedIn = (text: string) => {
  const comparison = readComparison(text);
  return comparison && resolve(view, comparison);
};
const productIn = (text: string) => readProduct(text, knows);

const QUEBEC = { category: 'courriel', hosting: 'QC' };
const CHEAPEST_VISIO = { category: 'visioconference', sort: 'price' };

test.each([
  ['offres de courriel hébergées au Québec les moins chères', { ...QUEBEC, sort: 'price' }],
  ['ofres de couriel hebergees au quebec', QUEBEC],
  ['avez vous du courriel au québec svp', QUEBEC],
  ['y a-tu du courriel au québec', QUEBEC],
  ["prix d'une licence de courriel par mois", { category: 'courriel', sort: 'price' }],
  ['ça coûte combien une boîte courriel', { category: 'courriel', sort: 'price' }],
  ["c'est combien le courriel ?", { category: 'courriel', sort: 'price' }],
  ['combien coûte une licence de visio', CHEAPEST_VISIO],
  ['la visio la moins chère', CHEAPEST_VISIO],
  ["quel est le prix d'une licence de visioconférence par utilisateur", CHEAPEST_VISIO],
  ['visio pas cher québec', { ...CHEAPEST_VISIO, hosting: 'QC' }],
  ['le moins cher en visio', CHEAPEST_VISIO],
  ['offres de visio pas chères', CHEAPEST_VISIO],
  ['avez-vous de la visioconférence', { category: 'visioconference' }],
  ['Bonjour, avez-vous des outils de visioconférence ?', { category: 'visioconference' }],
  ["qu'est-ce que vous avez comme courriel", { category: 'courriel' }],
  ['kel offre de couriel avez vous', { category: 'courriel' }],
  ["j'aimerais voir les offres de sondage", { category: 'sondage' }],
  ['toutes les offres de tableur', { category: 'tableur' }],
  ['offres de chiffrier', { category: 'tableur' }],
  ['courriel', { category: 'courriel' }],
  ['messagerie instantanée', { category: 'messagerie-instantanee' }],
  ['Partage de fichiers', { category: 'partage-de-fichiers' }],
  ['quelles offres pour 200 usagers', { units: 200, sort: 'price' }],
  ['offres de courriel pour 1 200 employés', { category: 'courriel', units: 1_200, sort: 'price' }],
  [
    'on cherche une solution de partage de fichiers hébergée au Québec pour 50 personnes',
    { category: 'partage-de-fichiers', hosting: 'QC', units: 50, sort: 'price' },
  ],
  ['offres en français', { languages: ['fr'] }],
  ['courriel bilingue', { category: 'courriel', languages: ['fr', 'en'] }],
  ['lesquelles sont hébergées au Canada', { hosting: 'CA' }],
  ['offres de courriel avec mfa', { category: 'courriel', features: ['mfa'] }],
  ['offres avec authentification multifacteur', { features: ['mfa'] }],
  ['offres disponibles à 99,9 %', { availability: '99.9' }],
  ['offres qualifiées', { status: 'qualified' }],
  ['offres en analyse', { status: 'under-review' }],
  ["combien d'offres au catalogue ?", {}],
  ['quelles offres avez-vous', {}],
  ['offres triées par prix', { sort: 'price' }],
] as const)('« %s » asks for offers', (text, criteria) => {
  expect(wishOf(text)).toEqual({ kind: 'offers', criteria });
});

test.each([
  ['fournisseurs', {}],
  ['combien de fournisseurs', {}],
  ['combien de fournisseurs au catalogue ?', {}],
  ['qui sont les fournisseurs', {}],
  ['liste des fournisseurs', {}],
  ['fournisseurs de courriel', { category: 'courriel' }],
  ['fornisseurs de visio', { category: 'visioconference' }],
  ['fournisseurs de visio au Québec', { category: 'visioconference', hosting: 'QC' }],
  ['combien y a-t-il de fournisseurs de courriel', { category: 'courriel' }],
  ['quels fournisseurs offrent du courriel', { category: 'courriel' }],
  ["c'est qui les fournisseurs de courriel", { category: 'courriel' }],
  ['tous les fournisseurs', {}],
  ['qui vend du courriel', { category: 'courriel' }],
  ['et les fournisseurs de courriel ?', { category: 'courriel' }],
] as const)('« %s » asks for suppliers', (text, criteria) => {
  expect(wishOf(text)).toEqual({ kind: 'suppliers', criteria });
});

test.each([
  ['Filtrer', {}],
  ['filtrer les offres de courriel', { category: 'courriel' }],
] as const)('« %s » asks for the filters', (text, criteria) => {
  expect(wishOf(text)).toEqual({ kind: 'filters', criteria });
});

test('« Et le fournisseur ? » goes on from what was said before: it asks the catalogue for nothing', () => {
  expect(wishOf('Et le fournisseur ?')).toBeUndefined();
});

test('two categories at once ask which', () => {
  expect(wishOf('offres de courriel et de visioconférence')).toEqual({ kind: 'categories' });
});

test.each([
  ['comparer Nordet Courriel et Outarde Courriel', ['nordet-courriel', 'outarde-courriel']],
  ['compare moi nordet courriel avec outarde courriel stp', ['nordet-courriel', 'outarde-courriel']],
  ['comparer Nordet et Outarde pour le courriel', ['nordet-courriel', 'outarde-courriel']],
  ['pouvez-vous comparer Nordet Courriel et Outarde', ['nordet-courriel', 'outarde-courriel']],
  ['mettre côte à côte Nordet Courriel et Outarde Courriel', ['nordet-courriel', 'outarde-courriel']],
  [
    'laquelle est la moins chère entre Nordet Courriel et Outarde Courriel',
    ['nordet-courriel', 'outarde-courriel'],
  ],
  ['différence entre nordet visio et monarde visio', ['nordet-visio', 'monarde-visio']],
  [
    'Nordet Courriel vs Outarde Courriel vs Lagopède Courriel',
    ['nordet-courriel', 'outarde-courriel', 'lagopede-courriel'],
  ],
  [
    'comparaison entre Nordet Visio, Outarde Visio et Gélinotte Visio pour 200 usagers',
    ['nordet-visio', 'outarde-visio', 'gelinotte-visio'],
  ],
])('« %s » puts offers side by side', (text, offers) => {
  expect(comparedIn(text)?.offers.map(({ offer }) => offer.id)).toEqual(offers);
});

test('a comparison keeps the quantity, and the names that nobody bears', () => {
  expect(readComparison('comparer Nordet Visio et Outarde Visio pour 1 200 usagers')?.units).toBe(1_200);
  expect(comparedIn('comparer Microsoft 365 et Nordet Courriel')?.unknown).toEqual(['Microsoft 365']);
});

test.each([
  ['avez-vous Microsoft 365', 'Microsoft 365', undefined],
  ['prix de Google Workspace', 'Google Workspace', undefined],
  ['Zoom est-il au catalogue', 'Zoom', 'visioconference'],
  ['est-ce que Slack est disponible', 'Slack', 'messagerie-instantanee'],
  ['avez vous zoom pour la visioconférence', 'zoom', 'visioconference'],
  ['Cisco est-il au catalogue ?', 'Cisco', undefined],
  ['avez-vous Zimbra pour le courriel', 'Zimbra', 'courriel'],
  ['vous avez-tu Zoom', 'Zoom', 'visioconference'],
  ['Est-ce que Microsoft est un fournisseur ?', 'Microsoft', undefined],
  ['Combien coûte Dropbox ?', 'Dropbox', 'partage-de-fichiers'],
])('« %s » asks for a product that is not there', (text, name, category) => {
  expect(view.names.find(text)).toBeUndefined();
  expect(productIn(text)).toEqual({ name, category });
});

describe('the questions of the guide', () => {
  /** They are the catalogue's own: its offers answer them. */
  const THE_CATALOGUES = [
    'Avez-vous des outils de visioconférence ?',
    'Y a-t-il une offre de courriel dans le Catalogue ?',
    'outil de sondage disponible ?',
    'messagerie instantanée au catalogue',
    "réseau social d'entreprise",
  ];
  const wordings = [
    ...content.entries.flatMap(({ title, questions }) => [title, ...questions]),
    ...content.outOfScope,
  ];
  const isTaken = (text: string) =>
    wishOf(text) !== undefined || comparedIn(text) !== undefined || productIn(text) !== undefined;

  test('are left to the guide, but for those that the catalogue answers', () => {
    expect(wordings.length).toBeGreaterThan(2_000);
    expect(wordings.filter(isTaken)).toEqual(THE_CATALOGUES);
  });

  test.each([
    'combien de fournisseurs doit-on consulter',
    'combien de licences',
    'puis-je comparer des offres',
    'comparer les offres',
    'comparer les prix des fournisseurs',
    'comment comparer Nordet Courriel et Outarde Courriel avant de signer',
    'où trouver le prix des offres',
    'quel est le prix',
    "c'est quoi une offre",
    'Qu’est-ce qu’une offre ?',
    'quel fournisseur choisir',
    'les données peuvent-elles être hébergées hors Québec ?',
    'offres hors Québec',
    'offres pas hébergées au Québec',
    'montrez-moi les offres les plus chères',
    'qui qualifie les offres',
    'peut-on négocier le prix des offres de courriel',
    'faut-il prendre la moins chère',
    'avez-vous un numéro de téléphone',
    'avez-vous faim',
    'prix de la gestion',
    'Quel est le cours de l’action de Microsoft ?',
    'est-ce que Nordet doit héberger au Québec',
  ])('« %s » is not taken', (text) => expect(isTaken(text)).toBe(false));
});

test('a message longer than a wish is not read as one', () => {
  expect(wishOf(`offres de courriel ${'au québec '.repeat(20)}`)).toBeUndefined();
});
