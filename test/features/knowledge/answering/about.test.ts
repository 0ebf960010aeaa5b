import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aboutItself } from '../../../../src/features/knowledge/answering/about.ts';
import { readContent } from '../../../../src/features/knowledge/index.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { alex, channel, nadia } from '../../../support/people.ts';

const teams = fakeTeams();
const UNKNOWN = 'Notre tante Zélie peut-elle héberger le serveur dans sa grange ?';

test.each([
  [
    'tour',
    [
      'Comment ça marche ?',
      'comment ça fonctionne',
      'Par où commencer ?',
      'par où je commence',
      'tu peux m’aider ?',
      'Pouvez-vous m’aider, svp ?',
      'Bonjour, pouvez-vous m’aider ?',
      'c’est quoi Courtier',
      'Qu’est-ce que Courtier ?',
      'que peux-tu faire ?',
      'Que pouvez-vous faire pour moi ?',
      'j’ai besoin d’aide',
      'Qu’est-ce que je peux te demander ?',
      'mode d’emploi',
    ],
  ],
  [
    'person',
    [
      'parler à quelqu’un',
      'je veux parler à un humain',
      'Est-ce que je peux parler à une vraie personne ?',
      'J’aimerais parler à quelqu’un de l’équipe, s’il vous plaît',
      'Peut-on joindre une personne ?',
      'je voudrais contacter un conseiller',
      'passez-moi à un agent',
      'Y a-t-il quelqu’un à qui parler ?',
      'un humain svp',
      'parler au Courtier',
      'Est-ce qu’une personne peut me répondre ?',
    ],
  ],
  [
    'sources',
    [
      'D’où viennent tes réponses ?',
      'D’où proviennent vos informations ?',
      'où prends-tu tes infos',
      'Quelles sont vos sources ?',
      'sur quoi te bases-tu ?',
      'Est-ce que tes réponses sont fiables ?',
      'peut-on vous faire confiance ?',
      'qui écrit tes réponses',
    ],
  ],
  [
    'edition',
    [
      'De quand date le guide ?',
      'Quelle est la date du guide ?',
      'quelle est l’édition du guide',
      'le guide est-il à jour ?',
      'tes réponses sont à jour ?',
      'es-tu à jour',
      'quelle version du guide utilises-tu ?',
    ],
  ],
  [
    'english',
    [
      'parles-tu anglais ?',
      'Parlez-vous anglais',
      'Do you speak English?',
      'can I ask in English',
      'est-ce que tu comprends l’anglais',
      'English please',
      'je peux poser mes questions en anglais ?',
    ],
  ],
  [
    'robot',
    [
      'es-tu un robot ?',
      'Êtes-vous une vraie personne ?',
      'est-ce que je parle à un humain ?',
      'utilises-tu l’intelligence artificielle ?',
      'Est-ce que vous utilisez ChatGPT ?',
      'es-tu une IA',
      'c’est un robot ou une personne ?',
      'are you a bot',
    ],
  ],
  [
    'kept',
    [
      'Que gardes-tu sur moi ?',
      'Qu’est-ce que tu sais sur moi ?',
      'quelles données conservez-vous sur moi ?',
      'est-ce que vous gardez mes questions ?',
      'mes conversations sont-elles confidentielles ?',
      'qui lit mes questions',
      'est-ce confidentiel ?',
    ],
  ],
  [
    'maker',
    ['Qui t’a créé ?', 'qui a fait ce bot', 'Qui est derrière cet assistant ?', 'pour qui travailles-tu'],
  ],
] as const)('what is asked of the assistant itself is recognised: %s', (topic, messages) => {
  for (const message of messages) expect([message, aboutItself(message)]).toEqual([message, topic]);
});

test('a question that only looks like it is searched', () => {
  const questions = [
    'Comment ça marche le banc d’essai ?',
    'comment fonctionne le catalogue',
    'par où commencer pour acheter du courriel ?',
    'tu peux m’aider avec mon contrat',
    'c’est quoi le courtier',
    'c’est quoi le Courtier en infonuagique',
    'à qui parler d’une plainte',
    'je veux parler à un fournisseur',
    'peut-on contacter un fournisseur avant la rencontre ?',
    'parler à un fournisseur',
    'qui contacter',
    'd’où viennent les prix du catalogue ?',
    'd’où viennent les offres',
    'quelle est la date de la rencontre',
    'de quand date la fiche',
    'la fiche est-elle à jour',
    'les prix sont à jour ?',
    'le portail est en anglais ?',
    'le contrat peut-il être en anglais ?',
    'quels documents conserver',
    'que garder après le contrat',
    'combien de temps garder les documents',
    'qui a fait le catalogue',
    'qui signe le contrat',
    'une offre avec intelligence artificielle',
    'est-ce qu’un robot peut remplir la demande',
    'mes données sont-elles hébergées au Québec ?',
    'mes données sont-elles confidentielles chez le fournisseur ?',
    'version du contrat',
    'une personne peut-elle signer pour moi',
    'l’équipe peut me remplacer',
  ];
  for (const question of questions) expect([question, aboutItself(question)]).toEqual([question, undefined]);
});

test('no wording of an entry of the guide is taken for it', () => {
  const wordings = readContent().content.entries.flatMap(({ title, questions }) => [title, ...questions]);
  expect(wordings.length).toBeGreaterThan(100);
  const taken = wordings.filter((wording) => aboutItself(wording) !== undefined);
  expect(taken.filter((wording) => !ASKED_OF_IT.has(wording))).toEqual([]);
});

/** Wordings of entries that are said to the assistant, and are better answered by it. */
const ASKED_OF_IT = new Set([
  'par où commencer',
  'par où je commence',
  'Where do I start?',
  'Je veux parler à un humain.',
  'Quelle édition du guide utilises-tu ?',
]);

test('any text is judged in good time', () => {
  const word = fc.constantFrom(
    'est',
    'ce',
    'que',
    'je',
    'peux',
    'parler',
    'à',
    'un',
    'humain',
    'tu',
    'mes',
    'svp',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const started = performance.now();
      aboutItself(words.join(' '));
      expect(performance.now() - started).toBeLessThan(200);
    }),
  );
});

describe('what it says of itself', () => {
  test.each(['Comment ça marche ?', 'par où commencer', 'tu peux m’aider ?', 'c’est quoi Courtier'])(
    '« %s » gives the tour',
    async (said) => {
      expect((await teams.asks(alex, said)).template).toBe('welcome/help');
    },
  );

  test.each([
    ['D’où viennent tes réponses ?', 'édition du 1er juin 2018', 'sommaire'],
    ['De quand date le guide ?', '1er juin 2018', 'sommaire'],
    ['Do you speak English?', 'You may write in English', 'sommaire'],
    ['es-tu un robot ?', 'un programme, pas une personne', 'parler à une personne'],
    ['Qu’est-ce que tu gardes sur moi ?', 'mes données', 'mes données'],
    ['qui t’a créé ?', 'Courtier en infonuagique', 'parler à une personne'],
  ])('« %s » is answered, with what one may do next', async (said, expected, command) => {
    const card = await teams.asks(alex, said);
    expect(card.template).toBe('knowledge/about');
    expect(card.plain).toContain(expected);
    expect(card.buttonFor('welcome.run').data).toMatchObject({ command });
  });

  test('its buttons lead where they say', async () => {
    for (const said of ['D’où viennent tes réponses ?', 'es-tu un robot ?', 'Que gardes-tu sur moi ?']) {
      const { data } = (await teams.asks(alex, said)).buttonFor('welcome.run');
      await teams.press(alex, 'welcome.run', data);
    }
    expect(teams.received(alex).map(({ template }) => template)).toEqual([
      'knowledge/about',
      'knowledge/topics',
      'knowledge/about',
      'knowledge/ask-person',
      'knowledge/about',
      'people/my-data',
    ]);
  });

  test('nothing of it is written down as a question', async () => {
    await teams.says(alex, 'es-tu un robot ?');
    expect(await teams.services.knowledge.questions.heldOf(alex)).toEqual([]);
  });
});

describe('somebody to speak to', () => {
  const SPEAK = 'je veux parler à un humain';

  test('the form is offered at once, empty when nothing was asked', async () => {
    const form = await teams.asks(alex, SPEAK);
    expect(form.template).toBe('knowledge/ask-person');
    expect(form.valueOf('message')).toBe('');
    const sent = await teams.mustClick(alex, form, 'Transmettre', { message: 'Pouvez-vous m’appeler ?' });
    expect(sent.plain).toContain('Question nº 1');
  });

  test('it has the last question asked in the same conversation, and says what goes along', async () => {
    await teams.says(alex, UNKNOWN);
    const form = await teams.asks(alex, SPEAK);
    expect(form.valueOf('message')).toBe(UNKNOWN);
    expect(form.plain).toContain('votre question d’origine');
  });

  test.each([
    ['in another conversation', async () => void (await teams.says(alex, UNKNOWN, channel))],
    ['by somebody else', async () => void (await teams.says(nadia, UNKNOWN))],
    [
      'days ago',
      async () => {
        await teams.says(alex, UNKNOWN);
        teams.clock.advance({ hours: 48 });
      },
    ],
  ])('it has no question that was asked %s', async (_where, ask) => {
    await ask();
    expect((await teams.asks(alex, SPEAK)).valueOf('message')).toBe('');
  });

  test('in a channel, the last question of somebody else there is not shown', async () => {
    await teams.says(nadia, UNKNOWN, channel);
    expect((await teams.asks(alex, SPEAK, channel)).valueOf('message')).toBe('');
  });
});
