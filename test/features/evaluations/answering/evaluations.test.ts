import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { aContract } from '../../../support/contracts.ts';
import { evaluating, OVERALL, scores } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { alex, diane, foreigner, nadia, samuel } from '../../../support/people.ts';

const teams = fakeTeams();

let contract: string;
beforeEach(async () => {
  await people(teams);
  contract = await aContract(teams);
});

const { day, campaign, confirmed, review, evaluation, answer, answerRefused, run } = evaluating(teams);

/** Everything answered, nothing submitted. */
async function answered(): Promise<string> {
  await campaign();
  const id = await evaluation();
  await answer(id, 1);
  await answer(id, 2);
  return id;
}

describe('a campaign', () => {
  test('asks about each contract in force, once, and not about those that are over or not signed yet', async () => {
    await aContract(teams, {
      title: 'Fini',
      signedOn: '2026-11-20',
      startsOn: '2026-11-20',
      endsOn: '2026-11-21',
    });
    const id = await campaign();
    expect(await teams.services.campaigns.participation(id)).toMatchObject({
      open: 1,
      submitted: 0,
      excluded: 0,
    });
    await teams.services.campaigns.openDue();
    expect(await teams.services.campaigns.participation(id)).toMatchObject({
      open: 1,
      submitted: 0,
      excluded: 0,
    });
  });

  test('planned for later opens on its day, also after a stop', async () => {
    const id = await campaign(30, 10);
    expect(await evaluation()).toBe('');
    teams.clock.advance({ days: 14 });
    await teams.services.campaigns.openDue();
    expect((await teams.services.campaigns.findCampaign(id)).state).toBe('open');
    expect(await evaluation()).not.toBe('');
  });

  test.each([
    [-1, 30, 'aujourd’hui ou plus tard'],
    [0, 0, 'de 1 à 180 jours'],
    [0, 181, 'de 1 à 180 jours'],
  ])('that opens in %i days for %i days is refused with a sentence', async (opensIn, days, words) => {
    const wanted = { kind: 'window', name: 'X', opensOn: day(opensIn), closesOn: day(opensIn + days) };
    for (const verb of ['evaluations.prepare', 'evaluations.start'])
      expect(await teams.refusedPress(diane, verb, wanted)).toContain(words);
  });

  test('paused, nothing can be answered and nobody is reminded; resumed, it goes on', async () => {
    const id = await campaign();
    const { revision } = await teams.services.campaigns.findCampaign(id);
    const paused = await teams.mustPress(diane, 'evaluations.pause', { campaign: id, revision });
    expect(paused.plain).toContain('aucun rappel ne part et personne ne peut répondre');
    expect(await answerRefused(await evaluation(), 1)).toContain(
      'En pause : le Courtier a suspendu la campagne.',
    );
    await teams.mustPress(diane, 'evaluations.resume', { campaign: id, revision: revision + 1 });
    expect((await answer(await evaluation(), 1)).plain).toContain('C’est enregistré.');
  });

  test('prolonged, there is more time; the day on which it ends already is refused', async () => {
    const id = await campaign(5);
    const { revision } = await teams.services.campaigns.findCampaign(id);
    expect(
      await teams.refusedPress(diane, 'evaluations.extend', { campaign: id, revision, closesOn: day(5) }),
    ).toContain('C’est déjà le dernier jour de cette campagne.');
    await teams.mustPress(diane, 'evaluations.extend', { campaign: id, revision, closesOn: day(20) });
    teams.clock.advance({ days: 10 });
    expect((await answer(await evaluation(), 1)).plain).toContain('C’est enregistré.');
  });

  test('is not prolonged to a day that is past, nor for longer than one lasts', async () => {
    const id = await campaign(5);
    const { revision } = await teams.services.campaigns.findCampaign(id);
    const until = (days: number) => ({ campaign: id, revision, closesOn: day(days) });
    expect(await teams.refusedPress(diane, 'evaluations.extend', until(181))).toContain('d’ici 180 jours');
    teams.clock.advance({ days: 8 });
    expect(await teams.refusedPress(diane, 'evaluations.extend', until(-1))).toContain('à venir');
    await teams.mustPress(diane, 'evaluations.extend', until(180));
  });

  test('ended, what was submitted stays and nothing changes any more', async () => {
    const id = await answered();
    await confirmed(id);
    const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
    await teams.mustPress(diane, 'evaluations.close', { campaign: rows[0]?.id, revision: rows[0]?.revision });
    expect(await answerRefused(id, 1, { revision: 3 })).toContain('Elle ne change plus.');
    expect((await review(id)).plain).toContain('Soumise le 23 novembre 2026. Elle ne change plus.');
  });

  test('a contract is set apart with a reason, and not asked about', async () => {
    const id = await campaign();
    const asked = await evaluation();
    const apart = { apart: asked, why: 'Contrat en litige' };
    const card = await teams.mustPress(diane, 'evaluations.exclude', apart);
    expect(card.plain).toContain('Mise de côté par le Courtier : Contrat en litige');
    expect((await teams.services.campaigns.participation(id)).excluded).toBe(1);
    expect(await answerRefused(asked, 1)).toContain('Mise de côté par le Courtier : Contrat en litige');
    expect((await teams.mustPress(alex, 'evaluations.list', { page: 1 })).plain).toContain(
      'Mise de côté par le Courtier : Contrat en litige',
    );
  });

  test('is the staff’s: a client can neither see nor change it', async () => {
    const id = await campaign();
    expect(
      await teams.reaches(alex, [
        ['evaluations.campaigns', { page: 1 }],
        ['evaluations.campaign', { campaign: id }],
        ['evaluations.start', { kind: 'window', name: 'X', opensOn: day(0), closesOn: day(9) }],
        ['evaluations.pause', { campaign: id, revision: 1 }],
        ['evaluations.close', { campaign: id, revision: 1 }],
        ['evaluations.extend', { campaign: id, revision: 1, closesOn: day(90) }],
        ['evaluations.exclude', { apart: await evaluation(), why: 'x' }],
      ]),
    ).toEqual([]);
    expect((await teams.services.campaigns.findCampaign(id)).revision).toBe(1);
  });

  test('a card seen before somebody else changed it changes nothing', async () => {
    const id = await campaign();
    await teams.mustPress(diane, 'evaluations.pause', { campaign: id, revision: 1 });
    expect(
      (await teams.mustPress(diane, 'evaluations.close', { campaign: id, revision: 1 })).plain,
    ).toContain('a changé entre-temps');
    expect((await teams.services.campaigns.findCampaign(id)).state).toBe('paused');
  });
});

describe('answering', () => {
  test('goes from one card to the other, and can be left and taken up again', async () => {
    await campaign();
    const id = await evaluation();
    const card = await answer(id, 1, { go: 2 });
    expect(card.plain).toContain('Carte 2 de 2');
    const again = await teams.mustPress(alex, 'evaluations.section', { evaluation: id, part: 1 });
    expect(again.valueOf('score1')).toBe('4');
    expect(again.plain).toContain('Carte 1 de 2 · 8 réponses sur 14');
  });

  test('an evaluation that was begun opens on the card where something is missing', async () => {
    await campaign();
    const id = await evaluation();
    expect((await teams.mustPress(alex, 'evaluations.open', { evaluation: id })).plain).toContain(
      'Carte 1 de 2',
    );
    await answer(id, 1);
    expect((await teams.mustPress(alex, 'evaluations.open', { evaluation: id })).plain).toContain(
      'Carte 2 de 2',
    );
  });

  test('a page of a list that is no more is the nearest one', async () => {
    const id = await campaign();
    const mine = await teams.mustPress(alex, 'evaluations.list', { page: 9 });
    expect(mine.plain).toContain('Courriel du ministère');
    const asked = await teams.mustPress(diane, 'evaluations.campaign', {
      campaign: id,
      list: 'all',
      page: 9,
    });
    expect(asked.plain).toContain('Courriel du ministère');
    const all = await teams.mustPress(diane, 'evaluations.campaigns', { page: 9 });
    expect(all.plain).toContain('Évaluations 2026');
  });

  test('a card that is not complete is kept as it is, a comment without its score too', async () => {
    await campaign();
    const id = await evaluation();
    const some = { score1: '3', score2: '', comment2: 'À revoir\navec l’équipe' };
    const card = await teams.mustPress(alex, 'evaluations.answer', {
      evaluation: id,
      part: 1,
      revision: 0,
      ...some,
    });
    expect(card.plain).toContain('Commencée.');
    const again = await teams.mustPress(alex, 'evaluations.section', { evaluation: id, part: 1 });
    expect(['score1', 'score2', 'comment2'].map((input) => again.valueOf(input))).toEqual([
      '3',
      '',
      'À revoir\navec l’équipe',
    ]);
  });

  test('an older card of the same person changes nothing; it keeps what was typed, and says what is kept', async () => {
    await campaign();
    const id = await evaluation();
    await answer(id, 1, { score1: '5', comment2: 'Du téléphone.' });
    const typed = { score1: '1', comment1: 'Trois pannes.', comment2: '', score3: '' };
    const card = await answer(id, 1, typed);
    expect(card.plain).toContain('Vous avez changé ces réponses ailleurs entre-temps.');
    expect(card.plain).toContain('Enregistré : 5 · ');
    const fields = ['score1', 'comment1', 'comment2', 'score3'];
    expect(fields.map((field) => card.valueOf(field))).toEqual(['1', 'Trois pannes.', 'Du téléphone.', '4']);
    const { own } = await teams.services.evaluations.evaluationSeenBy(id, alex);
    expect(own?.criteria.availability).toEqual({ score: 5, comment: '' });
    await teams.mustClick(alex, card, 'Enregistrer et quitter', { ...scores(1), ...typed });
    const { own: now } = await teams.services.evaluations.evaluationSeenBy(id, alex);
    expect(now?.criteria.availability).toEqual({ score: 1, comment: 'Trois pannes.' });
  });

  test.each(['evaluations.answer', 'evaluations.repeat', 'evaluations.submit'])(
    'what was typed on the second card is there still when it is an older one: %s',
    async (verb) => {
      await campaign();
      const id = await evaluation();
      await answer(id, 2, { comment: 'Du téléphone.', again: '' });
      const typed = { ...scores(2), overall: '2', again: 'no', comment: 'De l’ordinateur.' };
      const given = { evaluation: id, part: 2, revision: 0, seen: 0, ...typed };
      const card = await teams.mustPress(alex, verb, given);
      expect(card.plain).toContain('Enregistré : 4 · ');
      expect(card.plain).toContain('« Du téléphone. »');
      expect(['overall', 'again', 'comment'].map((field) => card.valueOf(field))).toEqual([
        '2',
        'no',
        'De l’ordinateur.',
      ]);
      const { own } = await teams.services.evaluations.evaluationSeenBy(id, alex);
      expect(own?.overall.comment).toBe('Du téléphone.');
    },
  );

  test.each([
    ['a score that is not on the scale', { score1: '6' }, 'Choisissez une note'],
    ['a comment that is too long', { comment1: 'x'.repeat(1_001) }, 'Un commentaire compte au plus'],
    ['a card that does not exist', { part: 3 }, 'ne correspond plus'],
    ['a forged revision', { revision: -1 }, 'ne correspond plus'],
    ['a consent without a way to be reached', { reference: 'true' }, 'Dites comment vous joindre'],
  ])('%s is refused with a sentence, and nothing is kept', async (_name, changes, words) => {
    await campaign();
    const id = await evaluation();
    expect(await answerRefused(id, 1, changes)).toContain(words);
    expect((await teams.services.evaluations.evaluationSeenBy(id, alex)).own).toBeUndefined();
  });

  test('« sans objet » is an answer, whatever the score beside it', async () => {
    await campaign();
    const id = await evaluation();
    await answer(id, 1, { none: '1,2' });
    const { own } = await teams.services.evaluations.evaluationSeenBy(id, alex);
    expect([own?.criteria.availability?.score, own?.criteria.conformity?.score]).toEqual(['na', 4]);
  });

  test('in its first year, preparing the exit is proposed as « sans objet »', async () => {
    await campaign();
    const card = await teams.mustPress(alex, 'evaluations.section', {
      evaluation: await evaluation(),
      part: 2,
    });
    expect(card.valueOf('none')).toBe('5');
    expect(card.plain).toContain('Coché d’avance');
  });

  test('somebody of another body, or of another tenant, finds nothing behind any button', async () => {
    const id = await answered();
    for (const person of [samuel, foreigner, diane])
      expect(
        await teams.reaches(person, [
          ['evaluations.open', { evaluation: id }],
          ['evaluations.section', { evaluation: id, part: 1 }],
          ['evaluations.answer', { evaluation: id, part: 1, revision: 3, ...scores(1) }],
          ['evaluations.repeat', { evaluation: id, part: 1, revision: 3 }],
          ['evaluations.submit', { evaluation: id, part: 2, revision: 3, ...scores(2), ...OVERALL }],
          ['evaluations.confirm', { evaluation: id, seen: 0 }],
          ['evaluations.take', { evaluation: id }],
          ['evaluations.waive', { evaluation: id, why: 'x' }],
          ['evaluations.unwaive', { evaluation: id }],
          ['evaluations.signed', { evaluation: id, signedOn: day(0) }],
          ['evaluations.events', { contract }],
          ['evaluations.note', { contract, on: day(0), good: 'true', text: 'x' }],
          ['evaluations.dropEvent', { contract, event: contract }],
        ]),
      ).toEqual([]);
    expect((await teams.services.evaluations.evaluationSeenBy(id, alex)).evaluation.state).toBe('open');
  });
});

describe('submitting', () => {
  test('what is missing is told by name, and what was given is kept', async () => {
    await campaign();
    const id = await evaluation();
    await answer(id, 1, { score2: '' });
    const given = { evaluation: id, part: 2, revision: 0, seen: 0, ...scores(2), again: '' };
    const card = await teams.mustPress(alex, 'evaluations.submit', given);
    expect(card.plain).toContain('Il manque : Performance, Choisir de nouveau ce fournisseur.');
    expect(card.plain).toContain('Carte 1 de 2 · 12 réponses sur 14');
    expect((await teams.services.evaluations.evaluationSeenBy(id, alex)).official).toBeUndefined();
  });

  test('is for the person responsible', async () => {
    const id = await answered();
    const forged = { evaluation: id, seen: 6 };
    expect(await teams.refusedPress(nadia, 'evaluations.confirm', forged)).toContain(
      'Seule la personne responsable',
    );
    expect((await confirmed(id)).plain).toContain('Votre évaluation est soumise');
  });

  test('a colleague may take it over, and the answers of both stay', async () => {
    const id = await answered();
    await teams.mustPress(nadia, 'evaluations.take', { evaluation: id });
    expect((await review(id)).offers('Soumettre')).toBe(false);
    expect((await confirmed(id, nadia)).plain).toContain('soumise');
    expect((await teams.services.evaluations.evaluationSeenBy(id, alex)).own?.criteria.response?.score).toBe(
      4,
    );
  });

  test('shows what is submitted, as it was typed', async () => {
    const id = await answered();
    await answer(id, 1, { revision: 3, none: '1', comment2: 'Deux *pannes*' });
    const { plain } = await review(id);
    expect(plain).toContain('Disponibilité Sans objet');
    expect(plain).toContain('« Deux *pannes* »');
    expect(plain).toContain('« Bon service. »');
  });

  test('an overall view that is left out is the mean of the scores', async () => {
    const id = await answered();
    await answer(id, 2, { revision: 3, overall: '', score1: '1' });
    await confirmed(id);
    const { official } = await teams.services.evaluations.evaluationSeenBy(id, alex);
    expect(official?.answers.overall.overall).toBe(4);
  });

  test('again replaces the scores and keeps both versions', async () => {
    const id = await answered();
    await confirmed(id);
    await answer(id, 1, { revision: 3, score1: '1' });
    expect((await review(id)).plain).toContain('Le brouillon fait depuis ne compte pas');
    await teams.mustClick(alex, await review(id), 'Soumettre de nouveau');
    expect((await review(id)).plain).toContain('version 2');
  });

  test('what a colleague answered since the card is shown before it counts', async () => {
    const id = await answered();
    const before = await review(id);
    await answer(id, 1, { score1: '1', comment1: 'Trois pannes' }, nadia);
    const again = await teams.mustClick(alex, before, 'Soumettre');
    expect(again.plain).toContain('Un collègue a répondu entre-temps.');
    expect((await teams.services.evaluations.evaluationSeenBy(id, alex)).official).toBeUndefined();
    const done = await teams.mustClick(alex, again, 'Soumettre');
    expect(done.plain).toContain('Merci. Votre évaluation est soumise');
  });

  test('twice at once counts once', async () => {
    const id = await answered();
    await Promise.all([1, 2, 3].map(() => confirmed(id)));
    const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
    expect((await teams.services.campaigns.participation(rows[0]?.id ?? '')).submitted).toBe(1);
  });

  test('leads to the next evaluation', async () => {
    await aContract(teams, { title: 'Deuxième contrat' });
    await campaign();
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    const [first] = rows;
    await answer(first?.evaluation.id ?? '', 1);
    await answer(first?.evaluation.id ?? '', 2);
    const card = await confirmed(first?.evaluation.id ?? '');
    expect(card.buttons[0]?.title.replace(/\s/g, ' ')).toBe('Suivante : Deuxième contrat');
    expect((await teams.mustClick(alex, card, 'Suivante')).plain).toContain('Carte 1 de 2');
  });
});

test('what was noted during the year is shown beside the criteria', async () => {
  await teams.mustPress(alex, 'evaluations.note', {
    contract,
    on: day(-1),
    good: 'false',
    text: 'Panne de trois heures',
  });
  await campaign();
  const { plain } = await teams.mustPress(alex, 'evaluations.section', {
    evaluation: await evaluation(),
    part: 1,
  });
  expect(plain).toContain('Panne de trois heures');
});

test('events are shown by pages, and taken away one by one', async () => {
  for (let n = 1; n <= 7; n++)
    await teams.mustPress(alex, 'evaluations.note', {
      contract,
      on: day(0),
      good: 'true',
      text: `Événement nº ${n}`,
    });
  const second = await teams.mustPress(alex, 'evaluations.events', { contract, page: 2 });
  expect(second.plain).toContain('Page 2 de 2 · 7 événements');
  await teams.mustPress(alex, 'evaluations.dropEvent', second.button('Confirmer').data);
  expect((await teams.mustPress(alex, 'evaluations.events', { contract })).plain).not.toContain('Page');
});

test('the contracts to note an event on are shown by pages', async () => {
  for (let n = 2; n <= 7; n++) await aContract(teams, { title: `Contrat ${n}` });
  expect((await teams.mustPress(alex, 'evaluations.choose', { page: 2 })).plain).toContain(
    'Page 2 de 2 · 7 contrats',
  );
});

test.each([
  [{ on: '2026-11-24' }, 'entre la signature du contrat et aujourd’hui'],
  [{ on: '2026-11-01' }, 'entre la signature du contrat et aujourd’hui'],
  [{ text: '' }, 'Décrivez l’événement'],
  [{ good: 'peut-être' }, 'bon ou mauvais'],
])('an event with %j is refused with a sentence', async (changes, words) => {
  const event = { contract, on: day(0), good: 'true', text: 'x', ...changes };
  expect(await teams.refusedPress(alex, 'evaluations.note', event)).toContain(words);
});

describe('reminders', () => {
  test('come at opening, midway, a week and a day before; then to colleagues, then to the staff', async () => {
    await campaign(28);
    expect(await run(40)).toEqual([
      '2026-11-23 Alex Évaluer le fournisseur (2026) · Nouveau · Dans 28 jours',
      '2026-12-07 Alex Évaluer le fournisseur (2026) · Dans 14 jours',
      '2026-12-14 Alex Évaluer le fournisseur (2026) · Dans 7 jours',
      '2026-12-18 Alex Évaluer le fournisseur (2026) · Dans 3 jours',
      '2026-12-21 Alex Évaluer le fournisseur (2026) · Aujourd’hui',
      '2026-12-21 Nadia Évaluer le fournisseur (2026) · Nouveau · Aujourd’hui',
      '2026-12-22 équipe 1 évaluation sans réponse, repère passé.',
    ]);
  });

  test('do not come to who has answered, but our thanks', async () => {
    const id = await answered();
    await confirmed(id);
    expect(await run(55)).toEqual(['2027-01-14 Alex Merci d’avoir évalué vos fournisseurs.']);
  });

  test('after a stop, only the latest is caught up', async () => {
    await campaign(28);
    teams.clock.advance({ days: 22 });
    expect((await run(2)).map((line) => line.slice(11))).toEqual([
      'Alex Évaluer le fournisseur (2026) · Nouveau · Dans 6 jours',
    ]);
  });
});

test('a person’s own answers are exported and, erased, stay the body’s', async () => {
  const id = await answered();
  expect(JSON.stringify(await teams.services.evaluations.heldOf(alex))).toContain('Bon service.');
  await teams.services.privacy.erase(alex, newId());
  expect(JSON.stringify(await teams.services.evaluations.heldOf(alex))).not.toContain('Bon service.');
  expect((await review(id, nadia)).plain).toContain('Une personne partie : 14 réponses');
});

test('what was answered and noted on a contract is forgotten with it', async () => {
  await teams.mustPress(alex, 'evaluations.note', {
    contract,
    on: day(0),
    good: 'true',
    text: 'Panne réglée',
  });
  const id = await answered();
  await confirmed(id);
  teams.clock.advance({ years: 9 });
  await teams.services.forgetting.forget();
  expect(JSON.stringify(await teams.services.evaluations.heldOf(alex))).toContain('Panne réglée');
  teams.clock.advance({ years: 1 });
  await teams.services.forgetting.forget();
  expect(await teams.services.evaluations.heldOf(alex)).toEqual({
    evenements: [],
    reponses: [],
    soumissions: [],
    signatures: [],
  });
  expect(await teams.services.results.resultsOfSupplier('airelle', true)).toEqual([]);
});
