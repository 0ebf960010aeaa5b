import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { aContract } from '../../../support/contracts.ts';
import { evaluating, form, group, OVERALL, scores } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { alex, diane, foreigner, nadia, samuel } from '../../../support/people.ts';

const teams = fakeTeams();

let contract: string;
beforeEach(async () => {
  await people(teams);
  contract = await aContract(teams);
});

const { day, campaign, confirmed, confirmRefused, review, evaluation, answer, answerRefused, run } =
  evaluating(teams);

/** Everything answered, nothing submitted. */
async function answered(): Promise<string> {
  await campaign();
  const id = await evaluation();
  for (let at = 0; at < form.groups.length; at++) await answer(id, at);
  await teams.mustPress(alex, 'evaluations.answerOverall', { evaluation: id, ...OVERALL });
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
    await teams.mustPress(diane, 'evaluations.pause', { campaign: id, revision });
    expect(await answerRefused(await evaluation(), 0)).toContain('Cette évaluation est fermée');
    await teams.mustPress(diane, 'evaluations.resume', { campaign: id, revision: revision + 1 });
    expect((await answer(await evaluation(), 0)).plain).toContain('C’est enregistré.');
  });

  test('prolonged, there is more time; a date that is not later is refused', async () => {
    const id = await campaign(5);
    const { revision } = await teams.services.campaigns.findCampaign(id);
    expect(
      await teams.refusedPress(diane, 'evaluations.extend', { campaign: id, revision, closesOn: day(5) }),
    ).toContain('après la fin actuelle');
    await teams.mustPress(diane, 'evaluations.extend', { campaign: id, revision, closesOn: day(20) });
    teams.clock.advance({ days: 10 });
    expect((await answer(await evaluation(), 0)).plain).toContain('C’est enregistré.');
  });

  test('ended, what was submitted stays and nothing changes any more', async () => {
    const id = await answered();
    await confirmed(id);
    const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
    await teams.mustPress(diane, 'evaluations.close', { campaign: rows[0]?.id, revision: rows[0]?.revision });
    expect(await answerRefused(id, 0, { revision: 1 })).toContain('fermée');
    expect((await teams.mustPress(alex, 'evaluations.open', { evaluation: id })).plain).toContain('Soumise');
  });

  test('a contract is set apart with a reason, and not asked about', async () => {
    const id = await campaign();
    const asked = await evaluation();
    const apart = { evaluation: asked, why: 'Contrat en litige' };
    const card = await teams.mustPress(diane, 'evaluations.exclude', apart);
    expect(card.plain).toContain('Non demandée : Contrat en litige');
    expect((await teams.services.campaigns.participation(id)).excluded).toBe(1);
    expect(await answerRefused(asked, 0)).toContain('fermée');
    expect(await evaluation()).toBe('');
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
        ['evaluations.exclude', { evaluation: await evaluation(), why: 'x' }],
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
  test('goes from part to part, and can be left and taken up again', async () => {
    await campaign();
    const id = await evaluation();
    const card = await answer(id, 0);
    expect(card.plain).toContain(group(1).title);
    expect((await teams.mustPress(alex, 'evaluations.open', { evaluation: id })).plain).toContain(
      '1 partie sur 6',
    );
    const again = await teams.mustPress(alex, 'evaluations.section', {
      evaluation: id,
      section: group(0).id,
    });
    expect(again.inputs.map(({ id: input, value }) => [input, value])).toContainEqual(['score1', '4']);
  });

  test('colleagues share it: who wrote a part is shown', async () => {
    await campaign();
    const id = await evaluation();
    await answer(id, 0, {}, nadia);
    expect((await teams.mustPress(alex, 'evaluations.open', { evaluation: id })).plain).toContain(
      'Par Nadia Benali',
    );
  });

  test('two who fill the same part at once: the second sees the first’s answers, and nothing is lost', async () => {
    await campaign();
    const id = await evaluation();
    await answer(id, 0, { score1: '1' });
    const card = await answer(id, 0, { score1: '5' }, nadia);
    expect(card.plain).toContain('Un collègue a rempli cette partie entre-temps');
    expect(card.valueOf('score1')).toBe('1');
    const again = await answer(id, 0, { score1: '5', revision: 1 }, nadia);
    expect(again.plain).toContain('C’est enregistré.');
  });

  test.each([
    ['a criterion without its score', { score1: undefined }, 'Choisissez une note'],
    ['a score that is not on the scale', { score1: '6' }, 'Choisissez une note'],
    ['a second criterion without its score', { score2: undefined }, 'Donnez une note'],
    ['a comment that is too long', { comment1: 'x'.repeat(1_001) }, 'Un commentaire compte au plus'],
    ['a part that does not exist', { section: 'autre' }, 'introuvable'],
    ['a forged revision', { revision: -1 }, 'ne correspond plus'],
  ])('%s is refused with a sentence, and nothing is kept', async (_name, changes, words) => {
    await campaign();
    const id = await evaluation();
    expect(await answerRefused(id, 0, changes)).toContain(words);
    expect((await teams.services.evaluations.evaluationSeenBy(id, alex)).sections.size).toBe(0);
  });

  test('« sans objet » is an answer', async () => {
    await campaign();
    const id = await evaluation();
    await answer(id, 0, { score1: 'na' });
    expect((await teams.services.evaluations.evaluationSeenBy(id, alex)).sections.size).toBe(1);
  });

  test('somebody of another body, or of another tenant, finds nothing behind any button', async () => {
    const id = await answered();
    for (const person of [samuel, foreigner, diane])
      expect(
        await teams.reaches(person, [
          ['evaluations.open', { evaluation: id }],
          ['evaluations.section', { evaluation: id, section: group(0).id }],
          ['evaluations.answer', { evaluation: id, section: group(0).id, revision: 1, ...scores(0) }],
          ['evaluations.answerOverall', { evaluation: id, ...OVERALL }],
          ['evaluations.take', { evaluation: id }],
          ['evaluations.review', { evaluation: id }],
          ['evaluations.submit', { evaluation: id, seen: 6 }],
          ['evaluations.events', { contract }],
          ['evaluations.note', { contract, on: day(0), good: 'true', text: 'x' }],
          ['evaluations.dropEvent', { contract, event: contract }],
        ]),
      ).toEqual([]);
    expect((await teams.services.evaluations.evaluationSeenBy(id, alex)).evaluation.state).toBe('open');
  });
});

describe('submitting', () => {
  test('is for the person responsible, once everything is answered', async () => {
    await campaign();
    const id = await evaluation();
    expect(await confirmRefused(id)).toContain('Il reste 6');
    for (let at = 0; at < form.groups.length; at++) await answer(id, at);
    await teams.mustPress(alex, 'evaluations.answerOverall', { evaluation: id, ...OVERALL });
    expect(await confirmRefused(id, nadia)).toContain('Seule la personne responsable');
    expect((await confirmed(id)).plain).toContain('Votre évaluation est soumise');
  });

  test('a colleague may take it over', async () => {
    const id = await answered();
    await teams.mustPress(nadia, 'evaluations.take', { evaluation: id });
    expect(await confirmRefused(id)).toContain('Seule la personne responsable');
    expect((await confirmed(id, nadia)).plain).toContain('soumise');
  });

  test('shows everything to confirm first, with the mean of what counts', async () => {
    const id = await answered();
    await answer(id, 0, { revision: 1, score1: 'na', score2: '5' });
    const { plain } = await review(id);
    expect(plain).toContain('Disponibilité Sans objet');
    expect(plain).toContain('Moyenne des critères : 4,1 sur 5');
  });

  test('shows the comments and the consent to confirm, as they were typed', async () => {
    const id = await answered();
    await answer(id, 0, { revision: 1, comment1: 'Deux *pannes*' });
    const consent = { reference: 'true', contact: 'alex@ministere.example', revision: 1 };
    await teams.mustPress(alex, 'evaluations.answerOverall', { evaluation: id, ...OVERALL, ...consent });
    const { plain } = await review(id);
    expect(plain).toContain('« Deux *pannes* »');
    expect(plain).toContain('« Bon service. »');
    expect(plain).toContain('Personne-référence : vous, alex@ministere.example');
  });

  test('again replaces the scores and keeps both versions', async () => {
    const id = await answered();
    await confirmed(id);
    await answer(id, 0, { revision: 1, score1: '1' });
    await confirmed(id);
    expect(await teams.services.evaluations.submitted(id)).toEqual([1, 2]);
  });

  test('what a colleague changed since the summary is shown again before it counts', async () => {
    const id = await answered();
    const before = await review(id);
    await answer(id, 0, { revision: 1, score1: '1', comment1: 'Trois pannes' }, nadia);
    const again = await teams.mustClick(alex, before, 'Confirmer et soumettre');
    expect(again.plain).toContain('Des réponses ont changé entre-temps.');
    expect(again.plain).toContain('1 · Très insatisfaisant « Trois pannes »');
    expect(await teams.services.evaluations.submitted(id)).toEqual([]);
    const done = await teams.mustClick(alex, again, 'Confirmer et soumettre');
    expect(done.plain).toContain('Merci. Votre évaluation est soumise');
  });

  test('answers that are changed afterwards do not count until they are submitted, and the card says so', async () => {
    const id = await answered();
    await confirmed(id);
    const words = 'elles ne comptent qu’une fois soumises de nouveau';
    expect((await teams.mustPress(alex, 'evaluations.open', { evaluation: id })).plain).not.toContain(words);
    teams.clock.advance({ minutes: 1 });
    await answer(id, 0, { revision: 1, score1: '1' });
    expect((await teams.mustPress(alex, 'evaluations.open', { evaluation: id })).plain).toContain(words);
    expect((await confirmed(id)).plain).not.toContain(words);
  });

  test('twice at once counts once', async () => {
    const id = await answered();
    await Promise.all([1, 2, 3].map(() => confirmed(id)));
    const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
    expect((await teams.services.campaigns.participation(rows[0]?.id ?? '')).submitted).toBe(1);
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
    section: group(0).id,
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

test('the parts come one after the other, to the overall view at the end', async () => {
  await campaign();
  const id = await evaluation();
  for (let at = 0; at < form.groups.length - 1; at++) {
    const card = await answer(id, at);
    expect(card.plain).toContain(group(at + 1).title.replaceAll("'", '’'));
    expect(card.plain).toContain(`Partie ${at + 2} de ${form.groups.length + 1}`);
  }
  const card = await answer(id, form.groups.length - 1);
  expect(card.template).toBe('evaluations/overall');
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
      '2026-11-23 Alex Le Courtier vous demande votre avis sur vos fournisseurs : 1 évaluation à remplir. Repère : 21 décembre 2026.',
      '2026-12-07 Alex Rappel : 1 évaluation à remplir. Repère : 21 décembre 2026.',
      '2026-12-14 Alex Rappel : 1 évaluation à remplir. Repère : 21 décembre 2026.',
      '2026-12-18 Alex Rappel : 1 évaluation à remplir. Repère : 21 décembre 2026.',
      '2026-12-21 Alex Votre organisation a encore 1 évaluation à remplir. Repère : 21 décembre 2026.',
      '2026-12-21 Nadia Votre organisation a encore 1 évaluation à remplir. Repère : 21 décembre 2026.',
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
      'Alex Rappel : 1 évaluation à remplir. Repère : 21 décembre 2026.',
    ]);
  });
});

test('a person’s own answers are exported and, erased, stay the body’s', async () => {
  const id = await answered();
  expect(JSON.stringify(await teams.services.evaluations.heldOf(alex))).toContain('Bon service.');
  await teams.services.privacy.erase(alex, newId());
  expect(JSON.stringify(await teams.services.evaluations.heldOf(alex))).not.toContain('Bon service.');
  expect((await teams.mustPress(nadia, 'evaluations.open', { evaluation: id })).plain).toContain(
    'Par Une personne partie',
  );
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
  });
  expect(await teams.services.results.resultsOfSupplier('airelle', true)).toEqual([]);
});
