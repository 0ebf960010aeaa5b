import { expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { alex, channel, diane, foreigner, nadia, personalChat } from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';

const teams = fakeTeams();
const QUESTION = 'Quels documents faut-il conserver pendant le contrat ?';
const OUT_OF_SCOPE = 'Quelle est la recette du pâté chinois ?';
const UNSURE = 'Comment colorier la fiche du zèbre ?';

test('a question gets its answer with its source', async () => {
  const card = await teams.asks(alex, QUESTION);
  expect(card.template).toBe('knowledge/answer');
  expect(card.words).toContain('7 ans');
  expect(card.words.replace(/\s/g, ' ')).toContain('Source : Guide, section 4.12');
});

/** What the card shows before anything is unfolded. */
const atOnce = ({ json }: ShownCard): string =>
  JSON.stringify(json, (_key, value) => (value?.isVisible === false ? undefined : value));

test('an answer is a few lines, the rest is one press away', async () => {
  const card = await teams.asks(alex, 'Comment préparer la fin du contrat et la transition à la sortie ?');
  expect(card.plain).toContain('se chevauchent');
  expect(atOnce(card)).not.toContain('se chevauchent');
  expect(atOnce(card)).toContain('"title":"Plus de détails"');
});

test('a short answer has nothing to unfold', async () => {
  const card = await teams.asks(alex, 'Qui active l’offre et fournit l’assistance technique ?');
  expect(card.plain).toContain('fiche du fournisseur');
  expect(JSON.stringify(card.json)).not.toContain('Plus de détails');
});

test('a source says on which page its section begins, where the contents do', async () => {
  expect((await teams.asks(alex, QUESTION)).plain).toContain(
    'Source : Guide, section 4.12 (édition du 1er juin 2018), page 21',
  );
});

test('in a channel the answer comes in the channel', async () => {
  await teams.says(alex, QUESTION, channel);
  expect(teams.in(channel)).toHaveLength(1);
});

test('a related question is answered by a new message, and the first answer stays', async () => {
  const first = await teams.asks(alex, QUESTION);
  const { verb, data } = first.buttonFor('knowledge.show');
  await teams.press(alex, verb, data);
  expect(teams.posted).toHaveLength(2);
  expect(teams.lastCard().words).not.toBe(first.words);
});

test.each([
  ['bonjour', 'Bonjour'],
  ['merci beaucoup !', 'Avec plaisir'],
  ['???', 'pas compris'],
])('« %s » gets a short human answer, not a search', async (said, expected) => {
  expect(await teams.hears(alex, said)).toContain(expected);
});

test('an empty mention explains how to ask', async () => {
  expect(await teams.hears(alex, '', channel)).toContain('mentionné');
});

test('a message of more than ten thousand characters is refused with advice', async () => {
  expect(await teams.hears(alex, 'contrat '.repeat(1_300))).toContain('une seule question');
});

test('what is not sure is declined honestly, with the nearest entries, a contact and a way to a person', async () => {
  const card = await teams.asks(alex, UNSURE);
  expect(card.template).toBe('knowledge/declined');
  expect(card.words).toContain('Je n’ai pas de réponse sûre');
  expect(card.words).toContain('@cspq.gouv.qc.ca');
  expect(card.buttons.filter((button) => button.verb === 'knowledge.pick')).toHaveLength(3);
  expect(card.button('Transmettre au Courtier').verb).toBe('knowledge.askPerson');
});

test('what is somebody else’s business is said to be, and nothing of it is proposed to the staff', async () => {
  const card = await teams.asks(alex, OUT_OF_SCOPE);
  expect(card.words).toContain('Pas de mon ressort');
  expect(card.words).not.toContain('@');
  expect(card.buttons.map(({ verb }) => verb)).toEqual(['welcome.help', 'knowledge.none']);
});

test('whoever is told wrongly that it is somebody else’s business has the way to a person', async () => {
  const card = await teams.mustClick(
    alex,
    await teams.asks(alex, OUT_OF_SCOPE),
    'C’est bien sur le Catalogue',
  );
  expect(card.button('Transmettre au Courtier').verb).toBe('knowledge.askPerson');
});

test('what the guide leaves open is said so, with what it does say and whom to ask', async () => {
  const card = await teams.asks(alex, 'Quel est le pourcentage des frais de gestion ?');
  expect(card.words).toContain('Le guide ne le dit pas');
  expect(card.words).toContain('grille tarifaire');
  expect(card.words).toContain('infonuagique@cspq.gouv.qc.ca');
  expect(card.buttonFor('knowledge.pick').data.entry).toBe('frais-gestion');
});

test('one of the nearest entries can be chosen instead', async () => {
  const { verb, data } = (await teams.asks(alex, UNSURE)).buttonFor('knowledge.pick');
  const card = await teams.mustPress(alex, verb, data);
  expect(card.template).toBe('knowledge/answer');
});

test('a good rating is thanked and cannot be given twice', async () => {
  const asked = await teams.asks(alex, QUESTION);
  const card = await teams.mustClick(alex, asked, '👍');
  expect(card.words).toContain('Merci');
  expect(card.buttons.some((button) => button.verb === 'knowledge.rate')).toBe(false);
  const again = await teams.mustClick(alex, asked, '👎');
  expect(again.words).toContain('👍');
});

test('a bad rating asks why, and thanks for the reason', async () => {
  const card = await teams.mustClick(alex, await teams.asks(alex, QUESTION), '👎');
  expect(card.inputs.map((input) => input.id)).toEqual(['reason', 'comment']);
  const explained = await teams.mustClick(alex, card, 'Envoyer', {
    reason: 'incomplete',
    comment: 'Il manque les délais.',
  });
  expect(explained.words).toContain('lira votre avis');
  const { dissatisfied } = await teams.services.knowledge.questions.summarizeQuestions();
  expect(dissatisfied).toMatchObject([{ reason: 'incomplete', comment: 'Il manque les délais.' }]);
});

test.each([
  ['absent', {}],
  ['unknown', { reason: 'because' }],
  ['of a wrong type', { reason: 12 }],
])('a reason that is %s is refused with a sentence', async (_what, inputs) => {
  const card = await teams.mustClick(alex, await teams.asks(alex, QUESTION), '👎');
  const word = await teams.refusedClick(alex, card, 'Envoyer', inputs);
  expect(word).toBe('Choisissez une raison.');
});

test('a comment that is too long is refused, and nothing is lost', async () => {
  const card = await teams.mustClick(alex, await teams.asks(alex, QUESTION), '👎');
  const word = await teams.refusedClick(alex, card, 'Envoyer', {
    reason: 'other',
    comment: 'x'.repeat(501),
  });
  expect(word).toContain('500 caractères');
});

test('« Ce n’est pas ma question » offers the next nearest, without the one refused', async () => {
  const asked = await teams.asks(alex, QUESTION);
  const card = await teams.mustClick(alex, asked, 'Ce n’est pas ma question');
  expect(card.template).toBe('knowledge/choice');
  const offered = card.buttons.filter((button) => button.verb === 'knowledge.pick');
  expect(offered.length).toBeGreaterThan(0);
  expect(offered.every((button) => button.data.entry !== 'documents-conserver')).toBe(true);
});

test('when none of the choices fits, the refusal takes their place', async () => {
  const card = await teams.mustClick(alex, await teams.asks(alex, QUESTION), 'Ce n’est pas ma question');
  const refused = await teams.mustClick(alex, card, 'Aucune de ces questions');
  expect(refused.template).toBe('knowledge/declined');
});

test('the form to a person can be left, and the answer comes back', async () => {
  const card = await teams.mustClick(alex, await teams.asks(alex, QUESTION), 'Parler au Courtier');
  expect(card.inputs[0]?.value).toBe(QUESTION);
  const back = await teams.mustClick(alex, card, 'Annuler');
  expect(back.template).toBe('knowledge/answer');
});

test('a next step fills the form with its own words', async () => {
  const card = await teams.mustClick(
    alex,
    await teams.asks(alex, 'Comment calculer le nombre d’unités à prévoir ?'),
    'Demander conseil au Courtier',
  );
  expect(String(card.inputs[0]?.value)).toContain('une question sur le nombre');
});

test.each([
  [
    'Quelles sont les étapes pour conclure un contrat spécifique ?',
    'Demander la rencontre de démarrage',
    'acquisitions/list',
  ],
  [
    'Quels commentaires ou plaintes transmettre au Courtier ?',
    'Écrire un commentaire, une plainte',
    'contracts/comment',
  ],
])('the button of « %s » leads where it says', async (question, button, template) => {
  await teams.click(alex, await teams.asks(alex, question), button);
  expect(teams.lastCard().template).toContain(template);
});

test.each([
  [
    'Qui peut m’aider à cerner les impacts de l’infonuagique ?',
    'mailto:infonuagique@sct.gouv.qc.ca?subject=Impacts%20de%20l',
  ],
  [
    'À quoi servent les activités d’entrée et quelles sont leurs limites ?',
    'mailto:infonuagique@sct.gouv.qc.ca?subject=',
  ],
  [
    'Quels documents faut-il conserver pendant le contrat ?',
    'mailto:courtier.infonuagique@cspq.gouv.qc.ca?subject=Document%20relatif',
  ],
  [
    'Comment être avisé par courriel des changements au Catalogue ?',
    'mailto:courtier.infonuagique@cspq.gouv.qc.ca?subject=Inscription%20%C3%A0%20la%20liste%20de%20diffusion',
  ],
])('the answer to « %s » has an e-mail that is prepared', async (question, link) => {
  await teams.says(alex, question);
  expect(JSON.stringify(teams.posted.at(-1)?.content)).toContain(link);
});

test('« de quand date ce guide ? » has its answer, and each answer says its edition', async () => {
  const card = await teams.asks(alex, 'De quand date ce guide ?');
  expect(card.plain).toContain('1er juin 2018');
  expect(card.plain).toContain('17 avril 2018');
  expect(card.plain).toContain('historique des modifications (édition du 1er juin 2018)');
});

test('the help says which edition answers', async () => {
  await teams.says(alex, 'aide');
  expect(teams.lastCard().plain).toContain('guide de l’utilisateur, édition du 1er juin 2018');
});

test('the table of contents lists each chapter, page by page', async () => {
  const card = await teams.mustClick(alex, await teams.asks(alex, 'sommaire'), 'Foire aux questions');
  expect(card.buttons.filter((button) => button.verb === 'knowledge.show')).toHaveLength(8);
  const second = await teams.mustClick(alex, card, 'Suivante');
  expect(second.words).toContain('Page 2 de');
});

test.each([
  ['someone else in the same conversation', nadia, personalChat(alex)],
  ['the same object id in another tenant', foreigner, personalChat(alex)],
  ['the author from another conversation', alex, channel],
])('%s can neither rate nor hand over a question', async (_who, person, conversation) => {
  const { data } = (await teams.asks(alex, QUESTION)).button('👍');
  const question = data.question;
  expect(
    await teams.reaches(
      person,
      [
        ['knowledge.rate', { question, rating: 'up' }],
        ['knowledge.alternatives', { question }],
        ['knowledge.askPerson', { question }],
        ['knowledge.escalate', { question, message: 'Répondez-moi' }],
        ['knowledge.pick', { question, entry: 'documents-conserver' }],
      ],
      conversation,
    ),
  ).toEqual([]);
});

test('a question that does not exist gets the very same answer as one that is not yours', async () => {
  const { question } = (await teams.asks(alex, QUESTION)).button('👍').data;
  const rate = (what: unknown) =>
    teams.refusedPress(nadia, 'knowledge.rate', { question: what, rating: 'up' });
  expect(await rate(question)).toBe(await rate(crypto.randomUUID()));
});

test('a person’s words are never read as Markdown, as a mention or as an expression', async () => {
  const hostile = 'Dites à <at>Tous</at> [cliquez](https://mal.example) ${$root.question} **gras**';
  const card = await teams.mustClick(alex, await teams.asks(alex, UNSURE), 'Transmettre au Courtier');
  const sent = await teams.mustClick(alex, card, 'Transmettre', { message: hostile });
  expect(sent.words).toContain('&lt;at&gt;');
  expect(sent.words).toContain('\\[cliquez\\]');
  expect(sent.words).toContain('\\*\\*gras');
  expect(sent.words).toContain('root\\.question');
});

test('no word of a person reaches the log, even when the database refuses to keep them', async () => {
  const canary = 'Zorglubertin Canari';
  await teams.db.execute(`alter table questions add constraint no_canary check (text not like '%Canari%')`);
  await teams.says({ ...diane, name: canary }, `${canary} demande la durée du contrat`);
  await teams.db.execute('alter table questions drop constraint no_canary');
  expect(teams.logged).toEqual([expect.stringContaining('not written after the answer')]);
  expect(teams.logged.join('\n')).not.toMatch(/Zorglubertin|Canari/);
});
