import { beforeEach, expect, test } from '@jest/globals';
import JSZip from 'jszip';
import { download } from '../../../src/app/doors.ts';
import { newId } from '../../../src/core/id.ts';
import { QUESTIONS } from '../../../src/features/needs/questions.ts';
import { readRequest } from '../../../src/features/scenarios/index.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, foreigner, nadia, personalChat, samuel } from '../../support/people.ts';

const teams = fakeTeams();
const chat = personalChat(alex);
let file: string;
beforeEach(async () => {
  await colleagues(teams, [alex, nadia]);
  file = (await teams.services.files.create(alex, 'Courriel du ministère', newId())).id;
});

const press = (verb: string, data: object, person = alex) =>
  teams.press(person, personalChat(person), verb, data);
const question = async (id: string, person = alex) => {
  const { card, word } = await press('needs.question', { file, question: id }, person);
  if (!card) throw new Error(word);
  return card;
};
const answer = async (id: string, inputs: object, person = alex) =>
  teams.click(person, await question(id, person), 'Enregistrer', inputs, personalChat(person));

/** A right answer to each of the thirteen questions. */
const ANSWERS: Record<string, object> = {
  impacts: { impacts: 'Le soutien change de forme.' },
  change: { impacts: 'Formation de 120 personnes.' },
  data: { confidentiality: 'personal', nature: 'Courriels et agendas' },
  risks: { analysis: 'yes' },
  requirements: {
    categories: 'courriel,sondage',
    hosting: 'QC',
    availability: '99.9',
    languages: 'fr',
    features: 'mfa',
  },
  duration: { months: 24 },
  quantities: { 'courriel.units': 120, 'courriel.steps': '13:150', 'sondage.units': '30' },
  budget: { dollars: 50_000 },
  schedule: { signature: '2027-02-01' },
  environment: { ready: 'no', gaps: 'Réseau à mettre à niveau' },
  contracts: { impact: 'Un contrat finit en mars 2027.' },
  provider: { needed: 'unknown' },
  vehicle: { suitable: 'yes' },
};
const answerAll = async () => {
  for (const { id } of QUESTIONS) await answer(id, ANSWERS[id] ?? {});
};

test('there are the guide’s thirteen questions, each with its help', () => {
  expect(QUESTIONS).toHaveLength(13);
  for (const { help, title } of QUESTIONS) expect([help, title].every((text) => text.length > 10)).toBe(true);
});

test('the kind of organization says its condition, what remains its own duty, and whether the RCTI applies', async () => {
  const { card } = await press('needs.eligibility', { file });
  expect(card?.plain).toContain('légalement');
  const { card: municipal } = await press('needs.setEligibility', { file, kind: 'municipal' });
  expect(municipal?.plain).toContain('Le RCTI ne s’applique pas');
  const { card: ministry } = await press('needs.setEligibility', { file, kind: 'lcop4' });
  expect(ministry?.plain).toContain('autorisation du dirigeant');
  const { card: policy } = await press('needs.setEligibility', { file, kind: 'lcop7' });
  expect(policy?.plain).toContain('adopté une politique');
});

test('what one member said of the body is proposed to the next file', async () => {
  await press('needs.setEligibility', { file, kind: 'cspq8' });
  const other = (await teams.services.files.create(nadia, 'Sondages', newId())).id;
  const { card } = await press('needs.eligibility', { file: other }, nadia);
  expect(card?.inputs[0]?.value).toBe('cspq8');
});

test('an answer is kept at each step, and found when the question is opened again', async () => {
  const { card } = await answer('budget', { dollars: '50 000', note: 'Sur trois ans' });
  expect(card?.plain).toContain('Besoins · 1 de 13');
  const again = await question('budget');
  expect(again.inputs.map(({ value }) => value)).toEqual([50_000, 'Sur trois ans']);
});

test('questions may be answered in any order, and « Continuer » goes to the first that is open', async () => {
  const { card } = await answer('vehicle', { suitable: 'yes' });
  if (!card) throw new Error('no card');
  const { card: next } = await teams.click(alex, card, 'Continuer');
  expect(next?.plain).toContain('Besoins · 1 de 13');
  expect(next?.plain).toContain('impacts de l’infonuagique');
});

test('a question of the guide in the middle is answered, and nothing is lost', async () => {
  const card = await question('budget');
  await teams.says(alex, 'Quelle est la durée maximale d’un contrat ?');
  expect(teams.lastCard().plain).toContain('Trois ans');
  const { card: saved } = await teams.click(alex, card, 'Enregistrer', { dollars: 1 });
  expect(saved?.plain).toContain('La réponse est enregistrée.');
});

test('when a ground changes, the answers that stand on it are to be seen again', async () => {
  await answerAll();
  const { card } = await answer('duration', { months: 36 });
  expect(card?.plain).toContain('Besoins · 11 de 13');
  expect(card?.plain).toContain('À revoir : une réponse dont elle dépend a changé');
  await answer('quantities', ANSWERS.quantities ?? {});
  expect((await answer('schedule', ANSWERS.schedule ?? {})).card?.plain).toContain('Besoins · 13 de 13');
});

test('answering the same thing again reopens nothing', async () => {
  await answerAll();
  expect((await answer('duration', ANSWERS.duration ?? {})).card?.plain).toContain('Besoins · 13 de 13');
});

test('the thirteen answers and the kind of organization finish the first step', async () => {
  await answerAll();
  const { card } = await press('acquisitions.open', { file });
  expect(card?.plain).toContain('Dites quel genre d’organisation vous êtes.');
  await press('needs.setEligibility', { file, kind: 'lcop4' });
  expect((await press('acquisitions.open', { file })).card?.plain).toContain('1 · Définir ses besoins\nFait');
});

test('the answers make a request that the calculation accepts', async () => {
  await answerAll();
  const { value } = await teams.services.files.fact(teams.db, file, 'request');
  expect(readRequest(value)).toEqual({
    kind: 'valid',
    request: {
      durationMonths: 24,
      needs: [
        {
          category: 'courriel',
          quantities: [
            { fromMonth: 1, units: 120 },
            { fromMonth: 13, units: 150 },
          ],
        },
        { category: 'sondage', quantities: [{ fromMonth: 1, units: 30 }] },
      ],
      requirements: { hosting: 'QC', minAvailability: '99.9', trainingLanguages: ['fr'], features: ['mfa'] },
    },
  });
});

test.each<[string, string, object, string]>([
  ['a missing answer', 'budget', {}, 'cette réponse manque'],
  ['a duration beyond three years', 'duration', { months: 37 }, 'de 1 à 36'],
  ['half a month', 'duration', { months: 1.5 }, 'de 1 à 36'],
  ['a word for a number', 'budget', { dollars: 'beaucoup' }, 'nombre entier'],
  ['a date that does not exist', 'schedule', { signature: '2027-02-30' }, 'choisissez une date'],
  ['an unknown choice', 'risks', { analysis: 'maybe' }, 'choisissez dans la liste'],
  ['an unknown category', 'requirements', { categories: 'courriel,poterie' }, 'choisissez dans la liste'],
  ['an overlong text', 'contracts', { impact: 'x'.repeat(2_001) }, 'au plus 2 000 caractères'],
])('%s is refused beside its field, and loses nothing', async (_what, id, inputs, sentence) => {
  const { card, word } = await answer(id, inputs);
  expect(card).toBeUndefined();
  expect(word.replace(/[\u00a0\u202f]/g, ' ')).toContain(sentence);
});

test('a field of another question, which some clients send along, is left out', async () => {
  const { card } = await answer('budget', { dollars: 1, months: 3 });
  expect(card?.plain).toContain('Budget en dollars : 1');
  expect(card?.plain).toContain('Besoins · 1 de 13');
});

test.each([
  ['13', 'comme « 13:60'],
  ['13:60, 12:80', 'vont en montant'],
  ['1:60', 'de 2 à 24'],
  ['25:60', 'de 2 à 24'],
])('changes of quantity written « %s » are refused', async (steps, sentence) => {
  await answer('requirements', { categories: 'courriel' });
  await answer('duration', { months: 24 });
  const { word } = await answer('quantities', { 'courriel.units': 1, 'courriel.steps': steps });
  expect(word.replace(/[\u00a0\u202f]/g, ' ')).toContain(sentence);
});

test('two people of one body at once: the second sees the question as it is now', async () => {
  await teams.services.files.share(alex, file, nadia);
  const [hers, his] = [await question('budget', nadia), await question('budget')];
  await teams.click(nadia, hers, 'Enregistrer', { dollars: 10 }, personalChat(nadia));
  const { card } = await teams.click(alex, his, 'Enregistrer', { dollars: 20 });
  expect(card?.plain).toContain('Quelqu’un a répondu entre-temps');
  expect(card?.inputs[0]?.value).toBe(10);
});

test('two answers at the very same moment: one is kept, the other is told', async () => {
  const cards = [await question('budget'), await question('contracts')];
  const [first, second] = await Promise.all([
    teams.click(alex, cards[0] as never, 'Enregistrer', { dollars: 10 }),
    teams.click(alex, cards[1] as never, 'Enregistrer', { impact: 'Un' }),
  ]);
  const told = [first, second].map(({ card }) => card?.plain.includes('entre-temps'));
  expect(told.filter(Boolean)).toHaveLength(1);
});

test('an archived file is read, and no longer answered', async () => {
  const card = await question('budget');
  await teams.services.files.move(alex, file, 1, 'archive');
  expect((await teams.click(alex, card, 'Enregistrer', { dollars: 1 })).word).toContain('archivé');
  expect((await press('needs.summary', { file })).card?.plain).toContain('Résumé');
});

const key = ({ tenantId, objectId }: typeof alex) => `${tenantId}/${objectId}`;
const askNadia = async () => {
  await teams.install(personalChat(nadia), nadia);
  await teams.install(chat, alex);
  const sent = await press('needs.ask', { file, question: 'contracts', colleague: key(nadia) });
  await teams.runJobs();
  return sent;
};

test('a question is put to a colleague, who answers in their own chat; the asker learns it', async () => {
  const { card } = await askNadia();
  expect(card?.plain).toContain('Posée à Nadia Benali');
  const asked = teams.in(personalChat(nadia)).at(-1);
  expect(asked?.content).toMatchObject({ template: 'needs/asked' });
  const shown = teams.lastCard();
  expect(shown.plain).toContain('Quel sera l’impact sur vos contrats actuels ?');
  expect(shown.plain).not.toContain('Courriel du ministère');
  const { card: thanks } = await teams.click(
    nadia,
    shown,
    'Envoyer ma réponse',
    { impact: 'Deux contrats.' },
    personalChat(nadia),
  );
  expect(thanks?.plain).toContain('Merci');
  await teams.runJobs();
  expect(teams.in(chat).at(-1)?.content).toMatchObject({ template: 'needs/answered' });
  expect((await question('contracts')).inputs[0]?.value).toBe('Deux contrats.');
});

test('a colleague’s answer comes once, and only from them', async () => {
  await askNadia();
  const { data } = teams.lastCard().button('Envoyer ma réponse');
  const input = { ...data, impact: 'Non' };
  expect((await press('needs.answerFor', input, samuel)).word).toContain('introuvable');
  expect((await press('needs.answerFor', input, foreigner)).word).toContain('introuvable');
  await press('needs.answerFor', input, nadia);
  expect((await press('needs.answerFor', input, nadia)).word).toContain('déjà répondu');
});

test('a question goes to colleagues who have a chat with the assistant, and to nobody else', async () => {
  expect((await press('needs.ask', { file, question: 'contracts', colleague: key(nadia) })).word).toContain(
    'n’a pas encore parlé',
  );
  expect((await press('needs.ask', { file, question: 'contracts', colleague: key(samuel) })).word).toContain(
    'de votre organisation',
  );
});

test('the needs are exported as a Word document, for members only', async () => {
  await answerAll();
  await press('needs.document', { file });
  const token = teams.lastCard().button('Télécharger').url?.split('/').at(-1) ?? '';
  const { fileName, body } = await download(token, teams.services);
  expect(fileName).toBe('besoins-dossier-1.docx');
  const zip = await JSZip.loadAsync(body as Uint8Array);
  const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
  for (const words of [
    'Définition des besoins',
    'Formation de 120 personnes.',
    'analyse de risques',
    'Pôle d’expertise',
  ])
    expect(xml).toContain(words);
  const stranger = await teams.services.links.issue('needsDocument', {
    file,
    tenantId: samuel.tenantId,
    objectId: samuel.objectId,
  });
  await expect(download(stranger.split('/').at(-1) ?? '', teams.services)).rejects.toThrow('introuvable');
});

test('« besoins » opens the only file, and asks which one when there are several', async () => {
  await teams.says(alex, 'besoins');
  expect(teams.lastCard().template).toBe('needs/overview');
  await teams.services.files.create(alex, 'Autre', newId());
  await teams.says(alex, 'besoins');
  expect(teams.lastText()).toContain('plusieurs dossiers');
  await teams.says(samuel, 'besoins');
  expect(teams.lastText()).toContain('Créez d’abord un dossier');
});
