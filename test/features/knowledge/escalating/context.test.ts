import { beforeEach, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { newId } from '../../../../src/core/id.ts';
import type { Person } from '../../../../src/core/turn.ts';
import { escalationAskers, questions } from '../../../../src/features/knowledge/tables.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { colleagues, MINISTRY, staffed } from '../../../support/organization.ts';
import { alex, channel, diane, nadia, personalChat, staffRoom } from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';

// What the staff receive with a question: what its author was told would go along, and nothing else.

const teams = fakeTeams();
const UNKNOWN = 'Notre tante Zélie peut-elle héberger le serveur dans sa grange ?';

beforeEach(async () => {
  await staffed(teams, diane);
  for (const person of [alex, nadia]) await teams.install(person);
});

/** The form to a person, about what somebody asks. */
async function formFor(person: Person, text: string, where = personalChat(person)): Promise<ShownCard> {
  const { data } = (await teams.asks(person, text, where)).buttonFor('knowledge.askPerson');
  return teams.mustPress(person, 'knowledge.askPerson', data, where);
}

/** Sends a form as it stands, but for what is typed otherwise. */
async function sent(person: Person, form: ShownCard, typed: object = {}, where = personalChat(person)) {
  const inputs = Object.fromEntries(form.inputs.map(({ id, value }) => [String(id), value]));
  const card = await teams.mustClick(person, form, 'Transmettre', { ...inputs, ...typed }, where);
  await teams.runJobs();
  return card;
}

/** A question that Alex asked, for which something was shown. */
const asked = (changes: Partial<typeof questions.$inferInsert> = {}) => ({
  id: newId(),
  tenantId: alex.tenantId,
  objectId: alex.objectId,
  conversationId: personalChat(alex).id,
  text: 'et pour combien de temps ?',
  outcome: 'choice' as const,
  score: 0.5,
  nearest: ['duree-contrat', 'preuve-de-concept', 'retiree'],
  askedAt: new Date(teams.clock.now().epochMilliseconds),
  ...changes,
});

/** The form to a person about such a question. */
async function formAbout(changes: Parameters<typeof asked>[0]): Promise<ShownCard> {
  const question = asked(changes);
  await teams.db.insert(questions).values(question);
  return teams.mustPress(alex, 'knowledge.askPerson', { question: question.id });
}

const staffCard = () => teams.newest(staffRoom, 'knowledge/escalation').plain;
const aFile = (person: Person, name = 'Projet Harfang') => teams.services.files.create(person, name, newId());
const escalations = () => teams.services.knowledge.escalations;

test('the form says what goes along, and the staff receive it', async () => {
  await colleagues(teams, [alex], MINISTRY);
  const form = await formFor(alex, UNKNOWN);
  expect(form.plain).toContain(
    `Seront joints : votre nom, celui de votre organisme (Ministère de l’Énergie)`,
  );
  expect(form.plain).toContain('votre question d’origine, ce que j’y ai répondu.');
  await sent(alex, form, { message: 'Une personne peut-elle héberger notre serveur ?' });
  expect(staffCard()).toContain('« Une personne peut-elle héberger notre serveur ? »');
  expect(staffCard()).toContain('Organisme : Ministère de l’Énergie');
  expect(staffCard()).toContain(`Sa question : « ${UNKNOWN} »`);
});

test.each([
  [
    'an answer that was shown is named with its place in the guide',
    { outcome: 'answer', entryId: 'duree-contrat' } as const,
    /Réponse montrée : « [^»]+ \? » \(FAQ 9\)\n/,
  ],
  [
    'questions that were proposed are named, in their order',
    { outcome: 'choice' } as const,
    /Questions proposées : « [^»]+ » \(FAQ 9\) ; « [^»]+ » \([^)]+\) ; une réponse retirée depuis/,
  ],
  [
    'that nothing sure was found is said, with what was nearest',
    { outcome: 'none' } as const,
    /Rien de sûr n’a été trouvé. Le plus proche : « [^»]+ » \(FAQ 9\)/,
  ],
])('%s', async (_what, shown, expected) => {
  await sent(alex, await formAbout(shown));
  expect(staffCard()).toMatch(expected);
});

test('the question before goes along with one that followed it, and the form says so', async () => {
  const form = await formAbout({ root: 'Peut-on essayer une offre ?' });
  expect(form.plain).toContain('votre question d’avant (« Peut-on essayer une offre ? »)');
  await sent(alex, form);
  expect(staffCard()).toContain('Juste avant : « Peut-on essayer une offre ? »');
});

test('what a colleague asked in the same conversation never goes along', async () => {
  await teams.asks(nadia, 'Comment Nadia choisit-elle ?', channel);
  const form = await formFor(alex, UNKNOWN, channel);
  await sent(alex, form, {}, channel);
  expect(staffCard()).not.toContain('Nadia');
});

test('the latest open file goes along with its step, unless it is left out', async () => {
  await aFile(alex);
  const form = await formFor(alex, UNKNOWN);
  const [toggle] = form.inputs.filter(({ id }) => id === 'withFile');
  expect(String(toggle?.title).replace(/\s/g, ' ')).toBe(
    'Joindre aussi mon dossier « Projet Harfang » (étape : Définir ses besoins)',
  );
  await sent(alex, form);
  expect(staffCard()).toContain('Dossier : « Projet Harfang », étape « Définir ses besoins »');
});

test('a file that is left out is neither shown nor written down', async () => {
  await aFile(alex);
  await sent(alex, await formFor(alex, UNKNOWN), { withFile: 'false' });
  expect(staffCard()).not.toContain('Harfang');
  expect(await teams.db.select({ file: escalationAskers.fileId }).from(escalationAskers)).toEqual([
    { file: null },
  ]);
});

test('without a file the form asks nothing of one', async () => {
  const form = await formFor(alex, UNKNOWN);
  expect(form.inputs.map(({ id }) => id)).toEqual(['message']);
});

test('the file of somebody else is not joined, even with its identifier, and the person is told', async () => {
  const { id } = await aFile(nadia);
  const { data } = (await formFor(alex, UNKNOWN)).button('Transmettre');
  const card = await teams.mustPress(alex, 'knowledge.escalate', {
    ...data,
    file: id,
    withFile: 'true',
    message: UNKNOWN,
  });
  expect(card.plain).toContain('n’a pas été joint');
  await teams.runJobs();
  expect(staffCard()).not.toContain('Harfang');
});

test('where others read, neither a file nor the name of a body is shown', async () => {
  await colleagues(teams, [alex], MINISTRY);
  const { id } = await aFile(alex);
  const form = await formFor(alex, UNKNOWN, channel);
  expect(form.plain).not.toMatch(/Harfang|Énergie/);
  const { data } = form.button('Transmettre');
  const card = await teams.mustPress(
    alex,
    'knowledge.escalate',
    { ...data, file: id, withFile: 'true', message: UNKNOWN },
    channel,
  );
  expect(card.plain).not.toMatch(/Harfang|Énergie/);
  await teams.runJobs();
  expect(staffCard()).not.toContain('Harfang');
});

test('a form of the release before, which said nothing of it, sends the words alone', async () => {
  await colleagues(teams, [alex], MINISTRY);
  const asked = await teams.asks(alex, UNKNOWN);
  const { question } = asked.buttonFor('knowledge.askPerson').data;
  await teams.mustPress(alex, 'knowledge.escalate', { question, message: 'Qui prête une brouette ?' });
  await teams.runJobs();
  expect(staffCard()).toContain('brouette');
  expect(staffCard()).not.toMatch(/Zélie|Énergie|Rien de sûr/);
});

test('a file that is theirs no more, and a body that they left, are shown no more', async () => {
  await colleagues(teams, [alex, nadia], MINISTRY);
  await aFile(alex);
  await sent(alex, await formFor(alex, UNKNOWN));
  expect(staffCard()).toMatch(/Énergie[\s\S]*Harfang/);
  await colleagues(teams, [alex], 'Ville de Rimouski');
  const [row] = (await escalations().escalationsPage('live', 1)).rows;
  await teams.press(diane, 'knowledge.open', { escalation: row?.id }, staffRoom);
  expect(staffCard()).toContain('Ville de Rimouski');
  expect(staffCard()).not.toMatch(/Énergie|Harfang/);
});

test('whoever is erased takes what they joined with them', async () => {
  await sent(alex, await formFor(alex, UNKNOWN));
  await sent(nadia, await formFor(nadia, UNKNOWN));
  await teams.db.transaction((tx) => escalations().erase(tx, alex));
  const rows = await teams.db
    .select()
    .from(escalationAskers)
    .where(eq(escalationAskers.objectId, alex.objectId));
  expect(rows).toEqual([]);
  await teams.runJobs();
  expect(staffCard()).not.toContain('Alex');
  expect(staffCard()).toContain('Nadia Benali');
});

test('what was joined is in the data that a person may have', async () => {
  const file = await aFile(alex);
  await sent(alex, await formFor(alex, UNKNOWN));
  expect(await escalations().heldOf(alex)).toMatchObject([
    { question: UNKNOWN, outcome: expect.any(String), dossier: file.id, organisme: true, precisions: [] },
  ]);
});

test('the list of the staff says what was shown, how many wait and what was added', async () => {
  await sent(alex, await formAbout({ outcome: 'choice', text: UNKNOWN }));
  const card = await sent(nadia, await formFor(nadia, UNKNOWN));
  await teams.mustClick(nadia, card, 'Ajouter', { complement: 'La grange a l’électricité.' });
  const list = await teams.asks(diane, 'questions', staffRoom);
  expect(list.plain).toContain('2 personnes · des questions ont été proposées · 1 précision');
});
