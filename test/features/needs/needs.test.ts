import { beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../src/app/doors.ts';
import { newId } from '../../../src/core/id.ts';
import { requestFact } from '../../../src/features/acquisitions/index.ts';
import { QUESTIONS } from '../../../src/features/needs/rules/questions.ts';
import { readRequest } from '../../../src/features/scenarios/index.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, foreigner, keyOf, nadia, samuel } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import { wordsOf } from '../../support/word.ts';

const teams = fakeTeams();
let file: string;
beforeEach(async () => {
  await colleagues(teams, [alex, nadia]);
  file = (await teams.services.files.create(alex, 'Courriel du ministère', newId())).id;
});

const question = (id: string, person = alex) =>
  teams.mustPress(person, 'needs.question', { file, question: id });
const answer = async (id: string, inputs: object) =>
  teams.mustClick(alex, await question(id), 'Enregistrer et revenir', inputs);
/** What is said of the organization, in the form as it is now. */
const says = async (said: object) => {
  const { then: _then, ...data } =
    (await teams.mustPress(alex, 'needs.eligibility', { file })).buttonFor('needs.setEligibility').data ?? {};
  return teams.mustPress(alex, 'needs.setEligibility', { ...data, ...said });
};
const refused = async (id: string, inputs: object) =>
  teams.refusedClick(alex, await question(id), 'Enregistrer et revenir', inputs);

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

test('the kind of organization says its condition, and what remains its own duty', async () => {
  const card = await teams.mustPress(alex, 'needs.eligibility', { file });
  expect(card.plain).toContain('légalement');
  const policy = await teams.mustPress(alex, 'needs.setEligibility', { file, kind: 'lcop7' });
  expect(policy.plain).toContain('adopté une politique');
});

test('whether article 48 of the RCTI binds is asked of every kind, and never drawn from it', async () => {
  for (const kind of ['lcop4', 'municipal']) {
    const card = await says({ kind });
    expect(card.plain).toContain('Il reste à dire si l’article 48 du RCTI s’applique');
  }
  const bound = await says({ kind: 'municipal', bound: 'yes' });
  expect(bound.plain).toContain('demande l’autorisation du dirigeant');
  const free = await says({ kind: 'municipal', bound: 'no' });
  expect(free.plain).toContain('ne s’applique pas');
});

test('what was said of article 48 is not that of another kind of organization, and stays when it is not said again', async () => {
  await says({ kind: 'lcop7', bound: 'no', condition: 'yes' });
  const same = await says({ kind: 'lcop7', bound: '' });
  expect(same.plain).toContain('ne s’applique pas');
  const other = await says({ kind: 'lcop4', bound: '' });
  expect(other.plain).toContain('Il reste à dire si l’article 48 du RCTI s’applique');
});

test('a risk analysis that is not done, and needs that the Catalogue does not fit, are said with the way out', async () => {
  expect((await answer('risks', { analysis: 'yes' })).plain).not.toContain('À considérer');
  const risks = (await answer('risks', { analysis: 'no' })).plain;
  expect(risks).toContain('L’analyse de risques n’est pas faite, d’après votre réponse à la question 4.');
  expect(risks).toContain('Pôle d’expertise en infonuagique');
  const unfit = (await answer('vehicle', { suitable: 'no' })).plain;
  expect(unfit).toContain('Un processus d’acquisition standard reste possible.');
  expect(unfit).toContain('Transmettez aussi vos besoins au Courtier');
  const { plain } = await teams.mustPress(alex, 'acquisitions.open', { file });
  for (const words of ['question 4', 'question 13']) expect(plain).toContain(words);
});

test('an organization that may not buy keeps the first step open, with the way out', async () => {
  await answerAll();
  await teams.press(alex, 'needs.setEligibility', { file, kind: 'other', bound: 'no' });
  const card = await teams.mustPress(alex, 'acquisitions.open', { file });
  expect(card.plain).toContain('1 · Définir ses besoins\nEn cours');
  expect(card.plain).toContain('Un processus d’acquisition standard reste possible');
});

test('what one member said of the body is proposed to the next file', async () => {
  await teams.press(alex, 'needs.setEligibility', { file, kind: 'cspq8' });
  const other = (await teams.services.files.create(nadia, 'Sondages', newId())).id;
  const card = await teams.mustPress(nadia, 'needs.eligibility', { file: other });
  expect(card.inputs[0]?.value).toBe('cspq8');
});

test('an answer is kept at each step, and found when the question is opened again', async () => {
  const card = await answer('budget', { dollars: '50 000', note: 'Sur trois ans' });
  expect(card.plain).toContain('Besoins · 1 de 13');
  const again = await question('budget');
  expect(again.inputs.map(({ value }) => value)).toEqual(['50\u00a0000,00', 'Sur trois ans']);
});

test('questions may be answered in any order, and « Continuer » goes to the first that is open', async () => {
  await teams.press(alex, 'needs.setEligibility', { file, kind: 'cspq8', bound: 'no' });
  const card = await answer('vehicle', { suitable: 'yes' });
  const next = await teams.mustClick(alex, card, 'Continuer');
  expect(next.plain).toContain('Besoins · 1 de 13');
  expect(next.plain).toContain('impacts de l’infonuagique');
});

test('a question of the guide in the middle is answered, and nothing is lost', async () => {
  const card = await question('budget');
  expect((await teams.asks(alex, 'Quelle est la durée maximale d’un contrat ?')).plain).toContain(
    'Trois ans',
  );
  const saved = await teams.mustClick(alex, card, 'Enregistrer et revenir', { dollars: 1 });
  expect(saved.plain).toContain('La réponse est enregistrée.');
});

test('when a ground changes, the answers that stand on it are to be seen again', async () => {
  await answerAll();
  const card = await answer('duration', { months: 36 });
  expect(card.plain).toContain('Besoins · 11 de 13');
  expect(card.plain).toContain('À revoir : une réponse dont elle dépend a changé');
  await answer('quantities', ANSWERS.quantities ?? {});
  expect((await answer('schedule', ANSWERS.schedule ?? {})).plain).toContain('Besoins · 13 de 13');
});

test('answering the same thing again reopens nothing', async () => {
  await answerAll();
  expect((await answer('duration', ANSWERS.duration ?? {})).plain).toContain('Besoins · 13 de 13');
});

test('the thirteen answers and the kind of organization finish the first step', async () => {
  await answerAll();
  const card = await teams.mustPress(alex, 'acquisitions.open', { file });
  expect(card.plain).toContain('Dites quel genre d’organisation vous êtes.');
  await teams.press(alex, 'needs.setEligibility', { file, kind: 'lcop4', bound: 'yes' });
  expect((await teams.mustPress(alex, 'acquisitions.open', { file })).plain).toContain(
    '1 · Définir ses besoins\nFait',
  );
});

test('the answers make a request that the calculation accepts', async () => {
  await answerAll();
  const { value } = await teams.services.files.readFact(teams.db, file, requestFact);
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
  ['a word for a number', 'budget', { dollars: 'beaucoup' }, 'comme 150 000,50 $'],
  ['a date that does not exist', 'schedule', { signature: '2027-02-30' }, 'écrivez une date'],
  ['an unknown choice', 'risks', { analysis: 'maybe' }, 'choisissez dans la liste'],
  ['an unknown category', 'requirements', { categories: 'courriel,poterie' }, 'choisissez dans la liste'],
  ['an overlong text', 'contracts', { impact: 'x'.repeat(2_001) }, 'au plus 2 000 caractères'],
])('%s is refused beside its field, and loses nothing', async (_what, id, inputs, sentence) => {
  expect(await refused(id, inputs)).toContain(sentence);
});

test('a field of another question, which some clients send along, is left out', async () => {
  const card = await answer('budget', { dollars: 1, months: 3 });
  expect(card.plain).toContain('Besoins · 1 de 13');
  const { plain } = await teams.mustPress(alex, 'needs.summary', { file });
  expect(plain).toContain('Budget en dollars : 1');
  expect(plain).not.toContain('Durée :');
});

test.each([
  ['13', 'nombre entier'],
  ['13:60, 12:80', 'vont en montant'],
  ['1:60', 'de 2 à 24'],
  ['25:60', 'de 2 à 24'],
])('changes of quantity written « %s » are refused', async (steps, sentence) => {
  await answer('requirements', { categories: 'courriel' });
  await answer('duration', { months: 24 });
  expect(await refused('quantities', { 'courriel.units': 1, 'courriel.steps': steps })).toContain(sentence);
});

test('two people of one body at once: the second sees the answer, and keeps what they typed', async () => {
  await teams.services.files.share(alex, file, nadia);
  const [hers, his] = [await question('budget', nadia), await question('budget')];
  await teams.click(nadia, hers, 'Enregistrer et revenir', { dollars: 10 });
  const form = await teams.formBack(alex, his, 'Enregistrer et revenir', { dollars: '20' });
  expect(form.plain).toContain('Quelqu’un a répondu entre-temps');
  expect(form.plain).toContain('Réponse actuelle : Budget en dollars : 10,00 $');
  expect(form.valueOf('dollars')).toBe('20');
  await teams.mustClick(alex, form, 'Enregistrer et revenir', { dollars: '20' });
  expect((await question('budget')).valueOf('dollars')).toBe('20,00');
});

test('an archived file is read, and no longer answered', async () => {
  const card = await question('budget');
  await teams.services.files.move(alex, file, 1, 'archive');
  expect(await teams.refusedClick(alex, card, 'Enregistrer et revenir', { dollars: 1 })).toContain('archivé');
  expect((await teams.mustPress(alex, 'needs.summary', { file })).plain).toContain('Résumé');
});

const askNadia = async () => {
  await teams.install(nadia);
  await teams.install(alex);
  const sent = await teams.mustPress(alex, 'needs.ask', {
    file,
    question: 'contracts',
    colleague: keyOf(nadia),
  });
  await teams.runJobs();
  return sent;
};

test('a question is put to a colleague, who answers in their own chat; the asker learns it', async () => {
  const card = await askNadia();
  expect(card.plain).toContain('Posée à Nadia Benali');
  const shown = teams.newest(nadia);
  expect(shown.template).toBe('needs/asked');
  expect(shown.plain).toContain('Quel sera l’impact sur vos contrats actuels ?');
  expect(shown.plain).not.toContain('Courriel du ministère');
  const thanks = await teams.mustClick(nadia, shown, 'Envoyer ma réponse', { impact: 'Deux contrats.' });
  expect(thanks.plain).toContain('Merci');
  await teams.runJobs();
  expect(teams.newest(alex).template).toBe('needs/answered');
  expect((await question('contracts')).inputs[0]?.value).toBe('Deux contrats.');
});

test('a colleague’s answer comes once, and only from them', async () => {
  await askNadia();
  const { data } = teams.lastCard().button('Envoyer ma réponse');
  const input = { ...data, impact: 'Non' };
  expect(await teams.refusedPress(samuel, 'needs.answerFor', input)).toContain('introuvable');
  expect(await teams.refusedPress(foreigner, 'needs.answerFor', input)).toContain('introuvable');
  await teams.press(nadia, 'needs.answerFor', input);
  expect(await teams.refusedPress(nadia, 'needs.answerFor', input)).toContain('déjà répondu');
});

describe('a colleague who answers late', () => {
  const SEND = 'Envoyer ma réponse';
  const hers = { impact: 'Deux contrats.' };

  test('is shown the answer that came meanwhile, keeps what they wrote, and may replace it', async () => {
    await askNadia();
    const asked = teams.newest(nadia);
    await answer('contracts', { impact: 'Un contrat finit en mars.' });
    const form = await teams.formBack(nadia, asked, SEND, hers);
    expect(form.plain).toContain('Réponse actuelle : Contrats touchés : Un contrat finit en mars.');
    expect(form.valueOf('impact')).toBe('Deux contrats.');
    expect((await question('contracts')).valueOf('impact')).toBe('Un contrat finit en mars.');
    expect((await teams.mustClick(nadia, form, SEND, hers)).plain).toContain('Merci');
    expect((await question('contracts')).valueOf('impact')).toBe('Deux contrats.');
  });

  test('is shown it by a card of before as well', async () => {
    await askNadia();
    const { showed: _showed, ...data } = teams.newest(nadia).button(SEND).data ?? {};
    await answer('contracts', { impact: 'Un contrat finit en mars.' });
    const form = await teams.sentBack(nadia, 'needs.answerFor', { ...data, ...hers });
    expect(form.plain).toContain('Un contrat finit en mars.');
  });

  test('replaces at once the answer that was there when the question was put', async () => {
    await answer('contracts', { impact: 'À voir.' });
    await askNadia();
    expect((await teams.mustClick(nadia, teams.newest(nadia), SEND, hers)).plain).toContain('Merci');
  });

  test('answers whatever else changed meanwhile', async () => {
    await askNadia();
    await answer('budget', { dollars: 1 });
    expect((await teams.mustClick(nadia, teams.newest(nadia), SEND, hers)).plain).toContain('Merci');
  });

  test('changes nothing of an archived file', async () => {
    await askNadia();
    const asked = teams.newest(nadia);
    await teams.services.files.move(alex, file, 1, 'archive');
    const form = await teams.formBack(nadia, asked, SEND, hers);
    expect(form.plain).toContain('Ce dossier est archivé');
    expect(form.valueOf('impact')).toBe('Deux contrats.');
    const { needs } = await teams.services.needs.needsOf(file, alex);
    expect(needs.answers.contracts).toBeUndefined();
  });
});

describe('a question that is taken back', () => {
  const TAKE = 'Reprendre la question';
  const SEND = 'Envoyer ma réponse';
  const hers = { impact: 'Deux contrats.' };
  const stateOf = async () => (await teams.services.needs.needsOf(file, alex)).asked.get('contracts')?.names;

  test('waits for the colleague no more: the overview has the answer of somebody else', async () => {
    await askNadia();
    const overview = await answer('contracts', { impact: 'Un contrat finit en mars.' });
    expect(overview.plain).toContain('Posée à Nadia Benali · Réponse actuelle : Contrats touchés');
    const taken = await teams.mustClick(alex, await question('contracts'), TAKE);
    expect(taken.plain).toContain('C’est fait : la question n’est plus posée à Nadia Benali.');
    expect(taken.valueOf('impact')).toBe('Un contrat finit en mars.');
    expect((await teams.mustPress(alex, 'needs.open', { file })).plain).not.toContain('Posée à');
    expect((await teams.mustPress(alex, 'acquisitions.history', { file, page: 1 })).plain).toContain(
      'Question 11 reprise : elle n’est plus posée à Nadia Benali.',
    );
  });

  test('says so on the colleague’s card when it is pressed, with what they wrote to be copied', async () => {
    await askNadia();
    const asked = teams.newest(nadia);
    await teams.mustClick(alex, await question('contracts'), TAKE);
    const back = await teams.formBack(nadia, asked, SEND, hers);
    expect(back.plain).toContain('Cette question a été reprise : votre réponse n’y est plus attendue.');
    expect(back.plain).toContain('Ce que vous aviez écrit\nDeux contrats.');
    expect(back.buttons).toEqual([]);
    expect((await question('contracts')).valueOf('impact')).toBe('');
  });

  test('before it was sent is not sent', async () => {
    await teams.install(nadia);
    await teams.mustPress(alex, 'needs.ask', { file, question: 'contracts', colleague: keyOf(nadia) });
    await teams.mustClick(alex, await question('contracts'), TAKE);
    await teams.runJobs();
    expect(teams.received(nadia, 'needs/asked')).toEqual([]);
  });

  test('at the second click says that it is so already', async () => {
    await askNadia();
    const card = await question('contracts');
    await teams.mustClick(alex, card, TAKE);
    expect((await teams.mustClick(alex, card, TAKE)).plain).toContain('n’était déjà plus posée');
  });

  test('by two at once is taken back once', async () => {
    await askNadia();
    await teams.services.files.share(alex, file, nadia);
    const [his, hersToo] = [await question('contracts'), await question('contracts', nadia)];
    const both = await Promise.all([teams.mustClick(alex, his, TAKE), teams.mustClick(nadia, hersToo, TAKE)]);
    expect(both.filter(({ plain }) => plain.includes('C’est fait'))).toHaveLength(1);
    expect(both.filter(({ plain }) => plain.includes('n’était déjà plus posée'))).toHaveLength(1);
  });

  test('while the colleague answers is one or the other', async () => {
    await askNadia();
    const [asked, card] = [teams.newest(nadia), await question('contracts')];
    const [answered, taken] = await Promise.all([
      teams.click(nadia, asked, SEND, hers),
      teams.mustClick(alex, card, TAKE),
    ]);
    expect(answered.card?.plain.includes('Merci') ?? false).toBe(!taken.plain.includes('C’est fait'));
    expect((await question('contracts')).valueOf('impact')).toBe(answered.card ? 'Deux contrats.' : '');
  });

  test('stays with those who were asked since the card was drawn', async () => {
    await colleagues(teams, [samuel]);
    await teams.install(samuel);
    await askNadia();
    const card = await question('contracts');
    teams.clock.advance({ seconds: 1 });
    await teams.mustPress(alex, 'needs.ask', { file, question: 'contracts', colleague: keyOf(samuel) });
    expect(await stateOf()).toBe('Nadia Benali et Samuel Roy');
    await teams.mustClick(alex, card, TAKE);
    expect(await stateOf()).toBe('Samuel Roy');
    await teams.mustClick(alex, card, TAKE);
    expect(await stateOf()).toBe('Samuel Roy');
  });

  test('is taken back by any member of the file, and by nobody else', async () => {
    await colleagues(teams, [samuel]);
    await askNadia();
    const { data } = (await question('contracts')).button(TAKE);
    expect(await teams.reaches(nadia, [['needs.takeBack', data]])).toEqual([]);
    expect(await teams.reaches(foreigner, [['needs.takeBack', data]])).toEqual([]);
    await teams.services.files.share(alex, file, samuel);
    await teams.mustClick(samuel, await question('contracts', samuel), TAKE);
    expect(await stateOf()).toBeUndefined();
  });

  test('is only one of that file, whatever is sent along', async () => {
    await askNadia();
    const { data } = (await question('contracts')).button(TAKE);
    const { id } = await teams.services.files.create(alex, 'Autre dossier', newId());
    await teams.mustPress(alex, 'needs.takeBack', { ...data, file: id });
    expect(await stateOf()).toBe('Nadia Benali');
  });

  test('in an archived file stays as it is', async () => {
    await askNadia();
    const card = await question('contracts');
    await teams.services.files.move(alex, file, 1, 'archive');
    expect(await teams.refusedClick(alex, card, TAKE)).toContain('archivé');
    expect((await question('contracts')).buttons.map(({ title }) => title)).not.toContain(TAKE);
  });
});

test('a question goes to colleagues who have a chat with the assistant, and to nobody else', async () => {
  expect(
    await teams.refusedPress(alex, 'needs.ask', { file, question: 'contracts', colleague: keyOf(nadia) }),
  ).toContain('n’a pas encore parlé');
  expect(
    await teams.refusedPress(alex, 'needs.ask', { file, question: 'contracts', colleague: keyOf(samuel) }),
  ).toContain('de votre organisation');
});

test('the needs are exported as a Word document, for members only', async () => {
  await answerAll();
  await teams.press(alex, 'needs.document', { file });
  const token = teams.lastCard().token();
  const { fileName, body } = await download(token, teams.services);
  expect(fileName).toBe('besoins-dossier-1.docx');
  const text = await wordsOf(body);
  for (const words of [
    'Définition des besoins',
    'Formation de 120 personnes.',
    'analyse de risques',
    'Pôle d’expertise',
  ])
    expect(text).toContain(words);
  const stranger = await teams.services.links.issue('needsDocument', {
    file,
    tenantId: samuel.tenantId,
    objectId: samuel.objectId,
  });
  await expect(download(stranger.split('/').at(-1) ?? '', teams.services)).rejects.toThrow('introuvable');
});

test('« besoins » opens the only file, and asks which one when there are several', async () => {
  expect((await teams.asks(alex, 'besoins')).template).toBe('needs/overview');
  const other = await teams.services.files.create(nadia, 'Autre', newId());
  await teams.press(nadia, 'acquisitions.share', { file: other.id, colleague: keyOf(alex) });
  await teams.services.files.create(nadia, 'Encore', newId());
  expect((await teams.asks(nadia, 'besoins')).template).toBe('acquisitions/choose');
  expect((await teams.asks(samuel, 'besoins')).plain).toContain('Créez le premier');
});

test('« Enregistrer et suivante » walks the thirteen questions in thirteen presses, then leads to the offers', async () => {
  await teams.press(alex, 'needs.setEligibility', { file, kind: 'cspq8', bound: 'no' });
  let card = await teams.mustPress(alex, 'needs.continue', { file });
  for (const { id } of QUESTIONS)
    card = await teams.mustClick(alex, card, 'Enregistrer et suivante', ANSWERS[id]);
  expect(card.plain).toContain('Besoins · 13 de 13');
  expect(card.button('Continuer : offres conformes').verb).toBe('scenarios.shortlist');
});

test('what is to be said of the body is said before the questions; what it must still check keeps its card', async () => {
  const card = await teams.mustPress(alex, 'needs.continue', { file });
  expect(card.template).toBe('needs/eligibility');
  const unsure = await teams.mustClick(alex, card, 'Enregistrer et suivante', { kind: 'lcop7', bound: 'no' });
  expect(unsure.template).toBe('needs/eligibility');
  const sure = await teams.mustClick(alex, unsure, 'Enregistrer et suivante', {
    kind: 'lcop7',
    bound: 'no',
    condition: 'yes',
  });
  expect(sure.template).toBe('needs/question');
});

describe('a form that forgives', () => {
  /** The words that follow an input on a card. */
  const beside = ({ json }: ShownCard, id: string): unknown => {
    const text = JSON.stringify(json);
    return /"text":"([^"]*)"/.exec(text.slice(text.indexOf(`"id":"${id}"`)))?.[1];
  };

  test('comes back as it was typed, with the sentence beside its field', async () => {
    const typed = { signature: 'juin', inUse: 'septembre 2027', note: 'Avant l’été.' };
    const form = await teams.formBack(alex, await question('schedule'), 'Enregistrer et suivante', typed);
    for (const [id, value] of Object.entries(typed)) expect(form.valueOf(id)).toBe(value);
    expect(String(beside(form, 'signature'))).toContain('écrivez une date');
    expect(form.json.speak).toMatch(/écrivez une date/);
  });

  test('reads amounts, lengths and dates as people write them, and echoes them in French', async () => {
    await answer('budget', { dollars: '150 000,50 $' });
    await answer('duration', { months: 'deux ans' });
    await answer('schedule', { signature: 'juin 2027', inUse: '1er août 2027' });
    const { plain } = await teams.mustPress(alex, 'needs.summary', { file });
    expect(plain).toContain('Budget en dollars : 150 000,50 $');
    expect(plain).toContain('Durée : 24 mois');
    expect(plain).toContain('Signature souhaitée : juin 2027');
    expect(plain).toContain('Mise en service souhaitée : 1er août 2027');
    expect((await question('schedule')).valueOf('signature')).toBe('juin 2027');
  });

  test('takes the changes of a quantity in a table, which shows them again', async () => {
    await answer('requirements', { categories: 'courriel' });
    await answer('duration', { months: 24 });
    const steps = {
      'courriel.steps.1.month': '13',
      'courriel.steps.1.units': '150',
      'courriel.steps.2.month': '19',
      'courriel.steps.2.units': '1 200',
    };
    await answer('quantities', { 'courriel.units': '100', ...steps });
    const card = await question('quantities');
    expect(card.valueOf('courriel.steps.2.month')).toBe('19');
    expect(card.valueOf('courriel.steps.2.units')).toBe('1200');
    expect(card.plain).not.toMatch(/mois:unités|13:60/);
    const form = await teams.formBack(alex, card, 'Enregistrer et suivante', {
      'courriel.units': '100',
      'courriel.steps.1.month': '30',
      'courriel.steps.1.units': '150',
    });
    expect(String(beside(form, 'courriel.steps.1.month'))).toContain('de 2 à 24');
  });

  test.each<[string, string, object]>([
    [
      'public data that are personal information',
      'data',
      { confidentiality: 'public', nature: 'Renseignements personnels' },
    ],
    ['a signature in the past', 'schedule', { signature: 'juin 2024' }],
    ['a service before the signature', 'schedule', { signature: 'juin 2027', inUse: 'mai 2027' }],
  ])('asks about %s: nothing is saved until it is said to be meant', async (_what, id, typed) => {
    const form = await teams.formBack(alex, await question(id), 'Enregistrer et revenir', typed);
    expect(form.plain).toContain('Est-ce bien');
    expect((await teams.mustPress(alex, 'needs.open', { file })).plain).toContain('Besoins · 0 de 13');
    const saved = await teams.mustClick(alex, form, 'Oui, c’est bien cela', typed);
    expect(saved.plain).toMatch(/Besoins · \d+ de 13/);
    expect((await teams.mustPress(alex, 'needs.open', { file })).plain).toContain('Besoins · 1 de 13');
  });

  test('a colleague’s form comes back too', async () => {
    await teams.install(nadia);
    await teams.press(alex, 'needs.ask', { file, question: 'budget', colleague: keyOf(nadia) });
    await teams.runJobs();
    const asked = teams.newest(nadia, 'needs/asked');
    const form = await teams.formBack(nadia, asked, 'Envoyer ma réponse', {
      dollars: 'beaucoup',
      note: 'À voir',
    });
    expect(form.valueOf('note')).toBe('À voir');
  });
});
