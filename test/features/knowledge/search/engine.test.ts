import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildSearchIndex } from '../../../../src/features/knowledge/search/index.ts';

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
    { id: 'a', question: 'Comment modifier le contrat rouge ?', alternates: [], answer: '' },
    { id: 'b', question: 'Comment modifier le contrat jaune ?', alternates: [], answer: '' },
  ]);
  expect(twins.search('comment modifier le contrat').outcome).toBe('choice');
});

test('hits come best first, at most six, with scores from 0 to 1', () => {
  const many = Array.from({ length: 8 }, (_, n) => ({
    id: `prix-${n}`,
    question: `Quel est le prix du contrat nº ${n} ?`,
    alternates: [],
    answer: '',
  }));
  const { hits } = buildSearchIndex([...entries, ...many]).search('prix du contrat');
  expect(hits).toHaveLength(6);
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
  ['with a greeting', 'Bonjour Courtier, durée du contrat'],
  [
    'with a greeting, an announcement and thanks',
    "Bonjour, j'aurais une question : durée du contrat. Merci d'avance !",
  ],
  ['with « svp »', 'durée du contrat svp'],
])('courtesies change nothing to what is found: %s', (_what, text) => {
  expect(index.search(text)).toEqual(index.search('durée du contrat'));
});

test('an entry is found by the words of its answer alone', () => {
  expect(first('soixante jours')).toBe('essai');
});

test('a question whose words nobody ever wrote is declined, even well formed', () => {
  expect(index.search('Où garer ma trottinette électrique près du parlement ?').outcome).toBe('none');
});

test('the nearest entries are given even when the question is declined', () => {
  const { outcome, hits } = index.search('recette de sauce pour le prix');
  expect(outcome).toBe('none');
  expect(hits).toHaveLength(entries.length);
});

test('without a background, a foreign question is declined too', () => {
  expect(buildSearchIndex(entries).search('Quelle est la capitale de la Mongolie ?').outcome).toBe('none');
});

test('an alternate wording makes its entry be found', () => {
  const wording = 'rapatrier le magot';
  const taught = entries.map((entry) =>
    entry.id === 'sortie' ? { ...entry, alternates: [...entry.alternates, wording] } : entry,
  );
  const { outcome, hits } = buildSearchIndex(taught, { background }).search(wording);
  expect([outcome, hits[0]?.id]).toEqual(['answer', 'sortie']);
});

test('an entry alone in its base is found', () => {
  const [only] = entries;
  expect(buildSearchIndex(only ? [only] : []).search("durée d'un contrat").hits).toMatchObject([
    { id: 'duree' },
  ]);
});

test('a very long text is searched in good time', () => {
  const started = performance.now();
  index.search('contrat fournisseur prix '.repeat(4_000));
  expect(performance.now() - started).toBeLessThan(500);
});

test('a message that is word for word a wording of one entry is answered by it', () => {
  const { outcome, hits } = index.search('Transition de sortie !');
  expect([outcome, hits[0]?.id]).toEqual(['answer', 'sortie']);
});

test('a wording that two entries share decides for neither', () => {
  const shared = entries.map((entry) => ({ ...entry, alternates: [...entry.alternates, 'le contrat'] }));
  const scores = buildSearchIndex(shared, { background })
    .search('le contrat')
    .hits.map(({ score }) => score);
  expect(Math.max(...scores)).toBeLessThan(0.9);
});
