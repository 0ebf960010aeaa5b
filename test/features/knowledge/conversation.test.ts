import { expect, test } from '@jest/globals';
import { fakeTeams } from '../../support/fake-teams.ts';
import { alex, channel, diane, foreigner, nadia, personalChat } from '../../support/people.ts';

const teams = fakeTeams();
const QUESTION = 'Quels documents faut-il conserver pendant le contrat ?';
const OUT_OF_SCOPE = 'Quelle est la recette du pâté chinois ?';

test('a question gets its answer with its source', async () => {
  await teams.says(alex, QUESTION);
  const card = teams.lastCard();
  expect(card.template).toBe('knowledge/answer');
  expect(card.words).toContain('7 ans');
  expect(card.words.replace(/\s/g, ' ')).toContain('Source : Guide, section 4.12');
});

test('in a channel the answer comes in the channel', async () => {
  await teams.says(alex, QUESTION, channel);
  expect(teams.in(channel)).toHaveLength(1);
});

test('a related question is answered by a new message, and the first answer stays', async () => {
  await teams.says(alex, QUESTION);
  const first = teams.lastCard();
  const related = first.buttons.find((button) => button.verb === 'knowledge.show');
  await teams.press(alex, personalChat(alex), related?.verb, related?.data);
  expect(teams.posted).toHaveLength(2);
  expect(teams.lastCard().words).not.toBe(first.words);
});

test.each([
  ['bonjour', 'Bonjour'],
  ['merci beaucoup !', 'Avec plaisir'],
  ['???', 'pas compris'],
])('« %s » gets a short human answer, not a search', async (said, expected) => {
  await teams.says(alex, said);
  expect(teams.lastText()).toContain(expected);
});

test('an empty mention explains how to ask', async () => {
  await teams.says(alex, '', channel);
  expect(teams.lastText()).toContain('mentionné');
});

test('a message of more than a thousand characters is refused with advice', async () => {
  await teams.says(alex, 'contrat '.repeat(200));
  expect(teams.lastText()).toContain('une seule question');
});

test('what is out of scope is declined honestly, with the nearest entries, a contact and a way to a person', async () => {
  await teams.says(alex, OUT_OF_SCOPE);
  const card = teams.lastCard();
  expect(card.template).toBe('knowledge/declined');
  expect(card.words).toContain('Je n’ai pas de réponse sûre');
  expect(card.words).toContain('@cspq.gouv.qc.ca');
  expect(card.buttons.filter((button) => button.verb === 'knowledge.pick')).toHaveLength(3);
  expect(card.button('Transmettre ma question au Courtier').verb).toBe('knowledge.askPerson');
});

test('one of the nearest entries can be chosen instead', async () => {
  await teams.says(alex, OUT_OF_SCOPE);
  const nearest = teams.lastCard().buttons.find((button) => button.verb === 'knowledge.pick');
  const { card } = await teams.press(alex, personalChat(alex), nearest?.verb, nearest?.data);
  expect(card?.template).toBe('knowledge/answer');
});

test('a good rating is thanked and cannot be given twice', async () => {
  await teams.says(alex, QUESTION);
  const asked = teams.lastCard();
  const { card } = await teams.click(alex, asked, '👍');
  expect(card?.words).toContain('Merci');
  expect(card?.buttons.some((button) => button.verb === 'knowledge.rate')).toBe(false);
  const again = await teams.click(alex, asked, '👎');
  expect(again.card?.words).toContain('👍');
});

test('a bad rating asks why, and thanks for the reason', async () => {
  await teams.says(alex, QUESTION);
  const { card } = await teams.click(alex, teams.lastCard(), '👎');
  expect(card?.inputs.map((input) => input.id)).toEqual(['reason', 'comment']);
  const explained = await teams.click(alex, card as never, 'Envoyer', {
    reason: 'incomplete',
    comment: 'Il manque les délais.',
  });
  expect(explained.card?.words).toContain('lira votre avis');
  const { dissatisfied } = await teams.services.knowledge.questions.summary();
  expect(dissatisfied).toMatchObject([{ reason: 'incomplete', comment: 'Il manque les délais.' }]);
});

test.each([
  ['absent', {}],
  ['unknown', { reason: 'because' }],
  ['of a wrong type', { reason: 12 }],
])('a reason that is %s is refused with a sentence', async (_what, inputs) => {
  await teams.says(alex, QUESTION);
  const { card } = await teams.click(alex, teams.lastCard(), '👎');
  const { word } = await teams.click(alex, card as never, 'Envoyer', inputs);
  expect(word).toBe('Choisissez une raison.');
});

test('a comment that is too long is refused, and nothing is lost', async () => {
  await teams.says(alex, QUESTION);
  const { card } = await teams.click(alex, teams.lastCard(), '👎');
  const { word } = await teams.click(alex, card as never, 'Envoyer', {
    reason: 'other',
    comment: 'x'.repeat(501),
  });
  expect(word).toContain('500 caractères');
});

test('« Ce n’est pas ma question » offers the next nearest, without the one refused', async () => {
  await teams.says(alex, QUESTION);
  const asked = teams.lastCard();
  const { card } = await teams.click(alex, asked, 'Ce n’est pas ma question');
  expect(card?.template).toBe('knowledge/choice');
  const offered = card?.buttons.filter((button) => button.verb === 'knowledge.pick') ?? [];
  expect(offered.length).toBeGreaterThan(0);
  expect(offered.every((button) => button.data.entry !== 'documents-conserver')).toBe(true);
});

test('when none of the choices fits, the refusal takes their place', async () => {
  await teams.says(alex, QUESTION);
  const { card } = await teams.click(alex, teams.lastCard(), 'Ce n’est pas ma question');
  const refused = await teams.click(alex, card as never, 'Aucune de ces questions');
  expect(refused.card?.template).toBe('knowledge/declined');
});

test('the form to a person can be left, and the answer comes back', async () => {
  await teams.says(alex, QUESTION);
  const { card } = await teams.click(alex, teams.lastCard(), 'Parler au Courtier');
  expect(card?.inputs[0]?.value).toBe(QUESTION);
  const back = await teams.click(alex, card as never, 'Annuler');
  expect(back.card?.template).toBe('knowledge/answer');
});

test('a next step fills the form with its own words', async () => {
  await teams.says(alex, 'Quelles sont les étapes pour conclure un contrat spécifique ?');
  const { card } = await teams.click(alex, teams.lastCard(), 'Planifier la rencontre de démarrage');
  expect(String(card?.inputs[0]?.value)).toContain('prêts pour la rencontre de démarrage');
});

test('the table of contents lists each chapter, page by page', async () => {
  await teams.says(alex, 'sommaire');
  const { card } = await teams.click(alex, teams.lastCard(), 'Foire aux questions');
  expect(card?.buttons.filter((button) => button.verb === 'knowledge.show')).toHaveLength(8);
  const { card: second } = await teams.click(alex, card as never, 'Suivante');
  expect(second?.words).toContain('Page 2 de');
});

test.each([
  ['someone else in the same conversation', nadia, personalChat(alex)],
  ['the same object id in another tenant', foreigner, personalChat(alex)],
  ['the author from another conversation', alex, channel],
])('%s can neither rate nor hand over a question', async (_who, person, conversation) => {
  await teams.says(alex, QUESTION);
  const { data } = teams.lastCard().button('👍');
  const question = data.question;
  for (const [verb, input] of [
    ['knowledge.rate', { question, rating: 'up' }],
    ['knowledge.alternatives', { question }],
    ['knowledge.askPerson', { question }],
    ['knowledge.escalate', { question, message: 'Répondez-moi' }],
    ['knowledge.pick', { question, entry: 'documents-conserver' }],
  ] as const) {
    const { card, word } = await teams.press(person, conversation, verb, input);
    expect(card).toBeUndefined();
    expect(word).toContain('introuvable');
  }
});

test('a question that does not exist gets the very same answer as one that is not yours', async () => {
  await teams.says(alex, QUESTION);
  const foreign = await teams.press(nadia, personalChat(nadia), 'knowledge.rate', {
    question: teams.lastCard().button('👍').data.question,
    rating: 'up',
  });
  const absent = await teams.press(nadia, personalChat(nadia), 'knowledge.rate', {
    question: crypto.randomUUID(),
    rating: 'up',
  });
  expect(foreign.word).toBe(absent.word);
});

test('a person’s words are never read as Markdown, as a mention or as an expression', async () => {
  const hostile = 'Dites à <at>Tous</at> [cliquez](https://mal.example) ${$root.question} **gras**';
  await teams.says(alex, OUT_OF_SCOPE);
  const { card } = await teams.click(alex, teams.lastCard(), 'Transmettre ma question au Courtier');
  const { card: sent } = await teams.click(alex, card as never, 'Transmettre', { message: hostile });
  expect(sent?.words).toContain('&lt;at&gt;');
  expect(sent?.words).toContain('\\[cliquez\\]');
  expect(sent?.words).toContain('\\*\\*gras');
  expect(sent?.words).toContain('root\\.question');
});

test('no word of a person reaches the log, even when the turn fails', async () => {
  const canary = 'Zorglubertin Canari';
  await teams.says({ ...diane, name: canary }, `${canary} demande la durée du contrat`);
  await teams.press({ ...diane, name: canary }, personalChat(diane), 'knowledge.escalate', {
    question: crypto.randomUUID(),
    message: canary,
  });
  expect(teams.logged.join('\n')).not.toContain('Zorglubertin');
});
