import { describe, expect, test } from '@jest/globals';
import { fold } from '../../../../src/core/text/text.ts';
import { buildNameIndex } from '../../../../src/features/catalogue/browsing/rules/names.ts';
import {
  buildKnowledgeBase,
  KNOWLEDGE_FOLDER,
  readContent,
} from '../../../../src/features/knowledge/index.ts';
import { newest } from '../../../support/catalogue.ts';
import { aFiche, anOffer, aSupplier } from '../../../support/fiches.ts';

const { knows } = buildKnowledgeBase(readContent(KNOWLEDGE_FOLDER).content);
const samples = buildNameIndex(newest, knows);

test.each([
  'les prix de Nordet',
  'Nordet',
  'NORDET',
  'nordet inc',
  'montrez-moi la fiche de Nordet, svp',
  'nordette',
  'nordt',
  'Nordée',
  'norddet',
  'nodret',
])('« %s » names Nordet, and nothing else', (text) => {
  expect(samples.find(text)).toMatchObject({ suppliers: ['nordet'], offers: [], isAll: true });
});

test.each([
  ['nordet courriel', 'nordet-courriel'],
  ['Courriel de Nordet', 'nordet-courriel'],
  ['nordet visio prix', 'nordet-visio'],
  ['combien coûte Nordet Échange ?', 'nordet-echange'],
  ['nordett visio', 'nordet-visio'],
  ['monarde equipe', 'monarde-equipe'],
])('« %s » names the offer %s before any other', (text, offer) => {
  const named = samples.find(text);
  expect(named?.offers[0]).toBe(offer);
  expect(named?.suppliers).toEqual([offer.split('-')[0]]);
});

test.each([
  'Est-ce que Nordet respecte la loi québécoise sur la protection des renseignements personnels ?',
  'comment résilier un contrat signé avec Nordet',
])('« %s » names a supplier and says more', (text) => {
  expect(samples.find(text)).toMatchObject({ suppliers: ['nordet'], isAll: false });
});

test.each([
  ['Les prix de Nordet', 'Les prix de fournisseur'],
  ['comment résilier un contrat signé avec NORDÉE ?', 'comment résilier un contrat signé avec fournisseur ?'],
])('« %s » asks « %s » of whoever is named', (text, generic) => {
  expect(samples.find(text)?.generic).toBe(generic);
});

test('two suppliers are both named', () => {
  expect(samples.find('comparer Nordet et Outarde')?.suppliers.toSorted()).toEqual(['nordet', 'outarde']);
});

test('a name written exactly comes before one that is misspelt', () => {
  const index = buildNameIndex([aSupplier('bleuet'), aSupplier('bluet')], knows);
  expect(index.find('bluet')?.suppliers[0]).toBe('bluet');
  expect(index.find('bleuet')?.suppliers[0]).toBe('bleuet');
});

test('a withdrawn offer is not named, and its supplier is', () => {
  const withdrawn = aFiche({ offers: [anOffer({ status: 'withdrawn' })] });
  const named = buildNameIndex([withdrawn], knows).find('bleuet courriel');
  expect(named).toMatchObject({ suppliers: ['bleuet'], offers: [] });
});

test('an offer that bears another name than its supplier is named alone', () => {
  const fiche = aFiche({ offers: [anOffer({ id: 'bleuet-zibeline', name: 'Zibeline' })] });
  expect(buildNameIndex([fiche], knows).find('le prix de zibelline')).toMatchObject({
    suppliers: [],
    offers: ['bleuet-zibeline'],
    isAll: true,
  });
});

test.each(['infonuagique', 'inc.', 'une solution numérique du Québec', 'courriel', 'visio'])(
  '« %s » is in many names and names nobody',
  (text) => {
    expect(samples.find(text)).toBeUndefined();
  },
);

test('a catalogue without fiches names nobody', () => {
  expect(buildNameIndex([], knows).find('les prix de Nordet')).toBeUndefined();
});

/** The word of each supplier’s name that no other has. */
const DISTINCTIVE = newest.map(
  ({ supplier: { id, name } }) => [id, name.split(/[\s’']/).find((word) => fold(word) === id) ?? ''] as const,
);

/** A word with one letter dropped, doubled, or swapped with the next. */
function misspellings(word: string): string[] {
  const letters = [...word];
  return letters.flatMap((letter, at) => {
    const [head, tail] = [word.slice(0, at), word.slice(at + 1)];
    const next = letters[at + 1];
    const swapped = next && next !== letter ? [`${head}${next}${letter}${tail.slice(1)}`] : [];
    return [`${head}${tail}`, `${head}${letter}${letter}${tail}`, ...swapped];
  });
}

describe('the samples', () => {
  test('have one distinctive word for every supplier', () => {
    expect(DISTINCTIVE.filter(([, word]) => word === '')).toEqual([]);
    expect(DISTINCTIVE.length).toBeGreaterThan(0);
  });

  test.each(DISTINCTIVE)('%s is named by « %s », accents and capitals or not', (id, word) => {
    for (const text of [word, fold(word), word.toUpperCase(), `les prix de ${word} ?`])
      expect(samples.find(text)).toMatchObject({ suppliers: [id], offers: [], isAll: true });
  });

  test.each(DISTINCTIVE.filter(([, word]) => word.length >= 6))(
    '%s is named first by « %s » with one letter dropped, doubled or swapped',
    (id, word) => {
      const astray = misspellings(fold(word)).filter((text) => samples.find(text)?.suppliers[0] !== id);
      expect(astray).toEqual([]);
    },
  );

  test('every offer that is sold is named first by its own name', () => {
    const astray = newest
      .flatMap(({ offers }) => offers)
      .filter(({ status }) => status !== 'withdrawn')
      .filter(({ id, name }) => samples.find(name)?.offers[0] !== id);
    expect(astray.map(({ name }) => name)).toEqual([]);
  });
});

test.each([
  'unité de tarification, comment ça marche ?',
  'SaaS : dépense ou capital ?',
  'je cherche un crm infonuagique mais aucun n’apparait dans les offres qualifiees',
  'on aimerait faire une preuve de conecpt, c koi la marche à suivre',
  'Où je peux récupérer la plus récente fiche d’un fournisseur ?',
  'How can I be sure I’m using the latest supplier sheet?',
  'ou je telecharge la bonne verison des fiches',
  'La fiche du fournisseur indique un centre de données en Irlande et ça nous dérange. Peut-on le faire retirer de notre contrat ?',
  'courriel offre intégrée doublon',
  'Notre offre de courriel fait doublon avec la suite bureautique qu’on veut acheter, que faire ?',
  'prix différent catalogue négociation',
  'on peut tu faire affaires avec plus qu’un fourniseur en meme tant',
  'T’es qui toi au juste ?',
  'Quelle est la différence entre SharePoint et OneDrive ?',
  'I need a new badge',
])('the question « %s » names nothing', (question) => {
  expect(samples.find(question)).toBeUndefined();
});

test.each([
  ['no text', ''],
  ['spaces', '  \n '],
  ['signs', '?!… «»'],
  ['emoji', '👍🏽'],
  ['another script', 'ノルデ'],
  ['a very long word', 'nordet'.repeat(5_000)],
  ['a very long text', 'bonjour '.repeat(5_000)],
  ['a name after a very long text', `${'bonjour '.repeat(5_000)} Nordet`],
])('%s names nothing', (_what, text) => {
  expect(samples.find(text)).toBeUndefined();
});

test('only the words of the name are taken out of what is asked', () => {
  expect(samples.find('Nordet offre-t-il le partage de fichiers ?')?.generic).toBe(
    'fournisseur offre-t-il le partage de fichiers ?',
  );
  expect(samples.find('Nordét, ses prix'.normalize('NFD'))?.generic).toBe('fournisseur, ses prix');
});

test('a supplier’s whole name says nothing more than the name', () => {
  for (const { supplier } of newest) expect(samples.find(supplier.name)).toMatchObject({ isAll: true });
});

test('words of other suppliers’ offers are no part of a name', () => {
  expect(samples.find('Nordet cercle atelier')?.isAll).toBe(false);
});

test('a common word is no name by itself', () => {
  const named = (changes: Parameters<typeof aSupplier>[1], name = 'Libre inc.') => {
    const fiche = aSupplier('bleuet', changes);
    return buildNameIndex([{ ...fiche, supplier: { ...fiche.supplier, name } }], knows);
  };
  expect(named({}).find('un logiciel libre est-il admissible')).toBeUndefined();
  const courriel = named({ offers: [anOffer({ name: 'Courriel' })] }, 'Bleuet inc.');
  expect(courriel.find('Notre offre de courriel fait doublon')).toBeUndefined();
  expect(courriel.find('Bleuet courriel')).toMatchObject({ offers: ['bleuet-courriel'] });
});
