import { beforeEach, describe, expect, test } from '@jest/globals';
import { aContract } from '../../../support/contracts.ts';
import { evaluating, OVERALL, scores } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { colleagues } from '../../../support/organization.ts';
import { alex, nadia, samuel } from '../../../support/people.ts';

// Several people of a body answer: each keeps their own answers, the person responsible reconciles and submits.

const teams = fakeTeams();
const { answer, campaign, evaluation, review, run, submit, tick } = evaluating(teams);

let id: string;
beforeEach(async () => {
  await people(teams);
  await aContract(teams);
  await campaign();
  id = await evaluation();
});

const seen = (person = alex) => teams.services.evaluations.evaluationSeenBy(id, person);
const form = (part: 1 | 2, person = alex) =>
  teams.mustPress(person, 'evaluations.section', { evaluation: id, part });

describe('answers of several people', () => {
  test('are kept apart: nobody’s replaces a colleague’s', async () => {
    await answer(id, 1, { score1: '2', comment1: 'Trois pannes' }, nadia);
    await answer(id, 1, { score1: '5' });
    const { own, others } = await seen(nadia);
    expect(own?.criteria.availability).toEqual({ score: 2, comment: 'Trois pannes' });
    expect(others.map((each) => each.criteria.availability?.score)).toEqual([5]);
  });

  test('are side by side for the person responsible, who decides where they differ', async () => {
    await answer(id, 1, { score1: '2', comment1: 'Trois pannes' }, nadia);
    const card = await form(1);
    expect(card.plain).toContain('Nadia Benali : 2 · Insatisfaisant « Trois pannes »');
    // One colleague said it, and nobody else: it is what the body says until it is decided otherwise.
    expect(card.valueOf('score1')).toBe('2');
  });

  test('that differ are a conflict, shown without a score until the person responsible decides', async () => {
    await colleagues(teams, [samuel]);
    await answer(id, 1, { score1: '2' }, nadia);
    await answer(id, 1, { score1: '5' }, samuel);
    const card = await form(1);
    expect(card.plain).toContain('Vos collègues diffèrent : choisissez la note.');
    expect(card.plain).toContain('Nadia Benali : 2 · Insatisfaisant');
    expect(card.plain).toContain('Samuel Roy : 5 · Très satisfaisant');
    expect(card.valueOf('score1')).toBe('');
    await answer(id, 1, { score1: '4' });
    const decided = await form(1);
    expect(decided.plain).not.toContain('Vos collègues diffèrent');
    expect(decided.valueOf('score1')).toBe('4');
  });

  test('that differ are not submitted: what is still to decide is named', async () => {
    await colleagues(teams, [samuel]);
    for (const [person, score1] of [
      [nadia, '2'],
      [samuel, '5'],
    ] as const) {
      await answer(id, 1, { score1 }, person);
      await answer(id, 2, {}, person);
    }
    const pressed = { evaluation: id, seen: (await seen()).seen };
    const card = await teams.mustPress(alex, 'evaluations.confirm', pressed);
    expect(card.plain).toContain('Il manque : Disponibilité.');
    const { official, reconciled } = await seen();
    expect(official).toBeUndefined();
    expect([...reconciled.conflicts]).toEqual(['availability']);
  });

  test('are told of to another colleague by who answered, not what', async () => {
    await answer(id, 1, { score1: '2', comment1: 'Trois pannes' });
    const { plain } = await form(1, nadia);
    expect(plain).toContain('Déjà noté par Alex Gagnon');
    expect(plain).not.toContain('Trois pannes');
  });

  test('that agree are the body’s, with all their comments, and are submitted as they are', async () => {
    await answer(id, 1, { score1: '2', comment1: 'Trois pannes' }, nadia);
    await answer(id, 2, {}, nadia);
    await teams.mustClick(alex, await review(id), 'Soumettre');
    const { official } = await seen();
    expect(official?.answers.criteria.availability).toEqual({ score: 2, comment: 'Trois pannes' });
    expect(official?.by).toBe('Alex Gagnon');
  });
});

describe('once everything is filled by colleagues', () => {
  test('it is « À soumettre », and the person responsible hears of it, once', async () => {
    await answer(id, 1, {}, nadia);
    const card = await answer(id, 2, {}, nadia);
    expect(card.plain).toContain('Tout est rempli : la personne qui soumet en est avisée.');
    expect(card.plain).toContain('À soumettre.');
    await answer(id, 2, { revision: 3, comment: 'Une phrase de plus' }, nadia);
    const heard = await run(2);
    expect(
      heard.filter((line) => /Alex Évaluer.*Tout est rempli, il reste à soumettre/.test(line)),
    ).toHaveLength(1);
    expect(heard.filter((line) => line.includes('Nadia') && line.includes('Tout est rempli'))).toEqual([]);
  });

  test('those who follow the contract hear of it, where the person responsible left the body', async () => {
    await answer(id, 1, {}, nadia);
    await answer(id, 2, {}, nadia);
    await teams.services.contracts.setFollowing(nadia, (await seen()).contract.id, true);
    await teams.mustClick(
      alex,
      await teams.mustPress(alex, 'people.declare', { other: 'Ville de Rimouski' }),
      'Quitter et demander',
    );
    const heard = await run(2);
    expect(heard.filter((line) => /Nadia Évaluer.*Tout est rempli/.test(line))).toHaveLength(1);
    expect(heard.filter((line) => line.includes('Alex'))).toEqual([]);
    const card = await review(id, nadia);
    expect(card.plain).toContain('La personne qui soumettait n’est plus de votre organisation');
    await teams.mustClick(nadia, await teams.mustClick(nadia, card, 'Confirmer'), 'Soumettre');
    expect((await seen(nadia)).official?.by).toBe('Nadia Benali');
  });

  test('nothing is said any more when it was submitted meanwhile', async () => {
    await answer(id, 1, {}, nadia);
    await answer(id, 2, {}, nadia);
    await teams.mustClick(alex, await review(id), 'Soumettre');
    expect((await run(2)).filter((line) => line.includes('Tout est rempli'))).toEqual([]);
  });
});

describe('whoever contributed', () => {
  test('hears what became of each answer, and keeps their own', async () => {
    await answer(id, 1, { score1: '2' }, nadia);
    await submit(id, '4', { seen: (await seen()).seen });
    await tick();
    const told = teams.newest(nadia);
    expect(told.template).toBe('reminders/day');
    expect(told.plain).toContain('1 nouvelle');
    expect(told.plain).toContain('De vos 8 réponses, 7 y sont telles quelles');
    await teams.click(nadia, told, 'Ouvrir');
    const card = teams.newest(nadia);
    expect(card.template).toBe('evaluations/became');
    expect(card.plain).toContain('De vos 8 réponses, 7 y sont telles quelles.');
    expect(card.plain).toContain('Disponibilité vous : 2 · Insatisfaisant ; soumis : 4 · Satisfaisant');
    expect((await seen(nadia)).own?.criteria.availability?.score).toBe(2);
  });

  test('after who submits: a colleague’s answer that came meanwhile is shown first, and nothing is lost', async () => {
    const given = { evaluation: id, part: 2, revision: 0, seen: 0, ...scores(2), ...OVERALL };
    await answer(id, 1);
    await answer(id, 1, { score1: '1' }, nadia);
    const card = await teams.mustPress(alex, 'evaluations.submit', given);
    expect(card.plain).toContain('Un collègue a répondu entre-temps.');
    const { own, official } = await seen();
    expect(official).toBeUndefined();
    expect(own?.criteria.exit?.score).toBe(4);
  });

  test('hears of all that was submitted in a day on one card, and of each once', async () => {
    await aContract(teams, { title: 'Deuxième contrat' });
    await tick();
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    const ids = rows.map(({ evaluation: each }) => each.id);
    expect(ids).toHaveLength(2);
    for (const each of ids) await answer(each, 1, { score1: '2' }, nadia);
    for (const each of ids)
      await submit(each, '4', {
        seen: (await teams.services.evaluations.evaluationSeenBy(each, alex)).seen,
      });
    const before = teams.received(nadia, 'reminders/day').length;
    await run(3);
    const cards = teams.received(nadia, 'reminders/day').slice(before);
    expect(cards.map(({ plain }) => /^.*nouvelles?(?=\.)/m.exec(plain)?.[0])).toEqual(['2 nouvelles']);
    expect(cards[0]?.plain.match(/Alex Gagnon a soumis l’évaluation/g)).toHaveLength(2);
    // It is no reminder: nothing of it is put off, nor in the list of what comes.
    expect(cards[0]?.offers('Plus tard…')).toBe(false);
    await teams.says(nadia, 'rappels');
    expect(teams.newest(nadia).plain).not.toContain('a soumis l’évaluation');
  });

  test('a person who submits alone is told nothing more', async () => {
    await submit(id, '4');
    await tick();
    expect(
      teams
        .in(alex)
        .filter(({ content }) => typeof content === 'object' && content.template === 'evaluations/became'),
    ).toEqual([]);
  });
});
