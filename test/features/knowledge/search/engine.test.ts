import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSearchIndex, fingerprint, smallTalk } from '../../../../src/features/knowledge/search/index.ts';
import { wordsOf } from '../../../../src/features/knowledge/search/normalize.ts';
import { editDistance, soundOf } from '../../../../src/features/knowledge/search/similar-words.ts';
import { analyse } from '../../../../src/features/knowledge/search/tokens.ts';

const entries = [
  {
    id: 'duree',
    question: "Quelle est la durée d'un contrat ?",
    alternates: ['combien de temps dure une entente', 'durée maximale'],
    answer: 'Trois ans au maximum.',
  },
  {
    id: 'prix',
    question: 'Comment calculer le prix des scénarios ?',
    alternates: ['calcul du coût total', 'quel montant payer'],
    answer: 'Additionnez les prix des offres.',
  },
  {
    id: 'essai',
    question: "Peut-on faire un banc d'essai ?",
    alternates: ['essayer gratuitement', 'tester avant de signer'],
    answer: 'Soixante jours, trente unités.',
  },
  {
    id: 'sortie',
    question: 'Comment quitter un fournisseur ?',
    alternates: ['récupérer nos données à la fin', 'transition de sortie'],
    answer: 'Demandez le plan de sortie.',
  },
];
const background = [
  'Quel temps fait-il ?',
  'recette de pâté chinois',
  'mon imprimante est brisée',
  'combien de jours de vacances',
  'où est la cafétéria',
];
const index = buildSearchIndex(entries, { background });
const first = (text: string) => index.search(text).hits[0]?.id;

test.each([
  ['exactly as written', "Quelle est la durée d'un contrat ?", 'duree'],
  ['without accents', 'quelle est la duree dun contrat', 'duree'],
  ['in capitals', 'DURÉE DU CONTRAT', 'duree'],
  ['misspelt', 'durrée du contra', 'duree'],
  ['by ear', 'konbien de tan dure une entante', 'duree'],
  ['with a Québec question mark', 'on peut-tu tester avant de signer', 'essai'],
  ['in other words', 'longueur de la convention', 'duree'],
  ['in English', 'How do we calculate the price?', 'prix'],
  [
    'behind courtesies',
    'Bonjour, pourriez-vous me dire comment quitter un fournisseur ? Merci beaucoup !',
    'sortie',
  ],
  ['in keywords', 'calcul coût', 'prix'],
])('a question is found %s', (_how, text, id) => {
  expect(first(text)).toBe(id);
});

test.each(background)('« %s » is declined', (text) => {
  expect(index.search(text).outcome).toBe('none');
});

test.each(['', '   ', '????', 'xqzt', '🎉🎉'])('« %s » finds nothing sure', (text) => {
  expect(index.search(text).outcome).toBe('none');
});

test('two entries that are as close make a choice', () => {
  const twins = buildSearchIndex([
    { id: 'a', question: 'Comment modifier le contrat signé ?', alternates: [], answer: '' },
    { id: 'b', question: 'Comment modifier le contrat type ?', alternates: [], answer: '' },
  ]);
  expect(twins.search('comment modifier le contrat').outcome).toBe('choice');
});

test('hits come best first, at most six, with scores from 0 to 1', () => {
  const { hits } = index.search('prix du contrat');
  expect(hits.length).toBeLessThanOrEqual(6);
  expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).sort((a, b) => b - a));
  for (const { score } of hits) expect(score >= 0 && score <= 1).toBe(true);
});

test('any text gets an answer, and always the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(index.search(text)).toEqual(index.search(text));
    }),
  );
});

test('the same entries give the same index', () => {
  const again = buildSearchIndex(entries, { background });
  for (const text of ['durée', 'essayer', 'quitter', 'prix'])
    expect(again.search(text)).toEqual(index.search(text));
});

test('an empty knowledge base declines everything', () => {
  expect(buildSearchIndex([]).search('durée du contrat')).toEqual({ outcome: 'none', hits: [] });
});

test.each([
  ["l'entente qu'on a", ['entente', 'on', 'a']],
  ['Faut-il signer ?', ['faut', 'signer']],
  ['On peut-tu essayer', ['on', 'peut', 'essayer']],
  ["un appel d'offres", ['un', 'appeldoffres']],
  ['aux États-Unis', ['aux', 'etatsunis']],
  ['mon e-mail', ['mon', 'courriel']],
  ['une preuve de concept', ['une', 'preuveconcept']],
  ['Bonjour, durée du contrat svp', ['duree', 'du', 'contrat']],
])('the words of « %s »', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('courtesies alone are kept, so that something remains to be read', () => {
  expect(wordsOf('merci')).toEqual(['merci']);
});

test('an English question is read in French, a French one with an English word is not', () => {
  expect(analyse('How long is the contract?').words).toContain('contrat');
  expect(analyse('le meeting de la semaine').words).toContain('meeting');
});

test.each([
  ['contrat', 'contrat', 0],
  ['contrat', 'contat', 1],
  ['contrat', 'conrtat', 1],
  ['fournisseur', 'fourniseur', 1],
  ['prix', 'banc', 3],
])('from « %s » to « %s » there are %i changes', (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(distance);
});

test('the edit distance is a distance', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcde'), maxLength: 8 });
  fc.assert(
    fc.property(
      word,
      word,
      (a, b) => editDistance(a, b, 9) === editDistance(b, a, 9) && editDistance(a, a, 9) === 0,
    ),
  );
});

test.each([
  ['fournisseur', 'fourniseur'],
  ['contrat', 'contra'],
  ['donnees', 'donner'],
  ['infonuagique', 'infonuajique'],
])('« %s » sounds like « %s »', (a, b) => {
  expect(soundOf(a)).toBe(soundOf(b));
});

test.each([
  ['Quelle est la durée du contrat ?', 'du contrat la DUREE quelle est'],
  ['Peut-on héberger nos données ailleurs ?', 'heberger nos donnees ailleurs, peut-on'],
])('« %s » and « %s » are the same question', (a, b) => {
  expect(fingerprint(a)).toBe(fingerprint(b));
});

test('other words are another question', () => {
  expect(fingerprint('durée du contrat')).not.toBe(fingerprint('prix du contrat'));
});

test('the order and repetition of words do not change a fingerprint', () => {
  const words = fc.array(fc.constantFrom('contrat', 'prix', 'fournisseur', 'essai', 'signer', 'données'), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(
      words,
      (said) => fingerprint(said.join(' ')) === fingerprint([...said, ...said].reverse().join(' ')),
    ),
  );
});

test.each([
  ['greeting', ['Bonjour', 'salut', 'Allo !', 'bon matin', 'Hello', 'Bonjour à tous', 'slt']],
  [
    'thanks',
    ['merci', 'Merci beaucoup', 'ok merci', 'un gros merci', 'thanks', "Merci pour ton aide, c'est apprécié"],
  ],
  ['goodbye', ['bye', 'au revoir', 'bonne journée', 'à demain', 'à la prochaine']],
  ['identity', ["t'es qui", 'Qui êtes-vous ?', 'es-tu un robot', 'who are you']],
  ['wellbeing', ['ça va ?', 'comment ça va', 'Salut, ça va bien ?']],
  ['acknowledgement', ['ok', 'parfait', "d'accord", 'ok parfait', 'oui']],
  ['insult', ['tabarnak', "t'es poche", 'maudit niaiseux', 'espèce d’imbécile']],
  ['complaint', ['Ça ne répond pas à ma question', 'tu comprends rien', 'ta réponse est fausse']],
  ['noise', ['????', 'asdf', '...', '😀', 'aaaaa']],
] as const)('%s is recognised', (kind, messages) => {
  for (const message of messages) expect([message, smallTalk(message)]).toEqual([message, kind]);
});

test.each([
  "Bonjour, quelle est la durée d'un contrat ?",
  'durée contrat',
  'Un contrat est-il nul sans signature ?',
  'merci de me dire combien coûte une unité',
  'faq',
  'prix',
  'Qui signe le contrat ?',
  'SEAO',
])('« %s » is a question, not small talk', (text) => {
  expect(smallTalk(text)).toBeUndefined();
});
