import { beforeEach, describe, expect, test } from '@jest/globals';
import { wrongEnd } from '../../../../src/features/evaluations/campaigns/rules/moving.ts';
import { days } from '../../../support/catalogue.ts';
import { aContract } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { alex, channel, diane, nadia, personalChat, staffRoom } from '../../../support/people.ts';
import { traces } from '../../../support/together.ts';

// The staff move the last day of a campaign that goes on, earlier or later.

const teams = fakeTeams({ shortGuide: true });
const { campaign, evaluation, submit, run, tick, day } = evaluating(teams);
const places = {
  [personalChat(alex).id]: 'Alex',
  [personalChat(nadia).id]: 'Nadia',
  [staffRoom.id]: 'équipe',
  [channel.id]: 'canal',
};
beforeEach(() => people(teams));

const shown = (id: string) => teams.mustPress(diane, 'evaluations.campaign', { campaign: id });
const moves = async (id: string, closesOn: string) =>
  teams.mustClick(diane, await shown(id), 'Confirmer la nouvelle fin', { closesOn });
const asks = async (id: string, closesOn: string) =>
  teams.formBack(diane, await shown(id), 'Confirmer la nouvelle fin', { closesOn });
const shortens = async (id: string, closesOn: string) =>
  teams.mustClick(diane, await asks(id, closesOn), 'Oui, c’est bien cela', { closesOn });
const windows = async () =>
  (await teams.services.evaluations.evaluationsPage(alex, 1, 9)).rows.map(({ evaluation: e }) => e.closesOn);

describe('the end of a campaign', () => {
  const today = Temporal.PlainDate.from('2026-11-23');
  const held = { kind: 'window', year: 2026, opensOn: '2026-11-20', closesOn: '2027-01-08' } as const;
  test.each([
    ['2027-01-08', 'C’est déjà le dernier jour'],
    ['2026-11-22', 'aujourd’hui ou une date à venir'],
    ['2026-11-23', 'Choisissez le 24 novembre 2026 ou plus tard'],
    ['2026-11-24', undefined],
    ['2027-05-22', undefined],
    ['2027-05-23', 'd’ici 180 jours'],
  ])('on %s: %s', (wanted, sentence) => {
    const said = wrongEnd(held, wanted, today, days);
    if (sentence) expect(said).toContain(sentence);
    else expect(said).toBeUndefined();
  });

  test('is after its opening', () => {
    expect(wrongEnd({ ...held, opensOn: '2026-11-24' }, '2026-11-24', today, days)).toContain(
      'jour de son ouverture',
    );
  });

  test('of contracts that end in a year, is after the year', () => {
    const final = { ...held, kind: 'final', closesOn: '2027-06-29' } as const;
    expect(wrongEnd(final, '2026-12-31', today, days)).toContain('RCTI, article 79');
    expect(wrongEnd(final, '2027-01-04', today, days)).toBeUndefined();
  });
});

describe('an earlier end', () => {
  test('is asked about first, then kept, noted, and told to those who look after the contracts', async () => {
    await aContract(teams);
    const id = await campaign(45);
    await run(1, places);
    const asked = await asks(id, day(19));
    expect(asked.plain).toContain(
      'La campagne finirait le 13 décembre 2026, et non le 7 janvier 2027. 1 évaluation sans réponse aurait moins de temps',
    );
    expect(asked.valueOf('closesOn')).toBe('2026-12-13');
    expect(await windows()).toEqual(['2027-01-07']);
    const card = await teams.mustClick(diane, asked, 'Oui, c’est bien cela', { closesOn: '2026-12-13' });
    expect(card.plain).toContain('La campagne finit maintenant le 13 décembre 2026.');
    expect(await windows()).toEqual(['2026-12-13']);
    expect(await traces(teams, 'campaign.shorten')).toBe(1);
    const heard = await run(1, places);
    expect(heard).toEqual([
      '2026-11-24 Alex Le Courtier a changé le dernier jour de la campagne « Évaluations 2026 » : c’est maintenant le 13 décembre 2026.',
    ]);
  });

  test('is told to who submitted, since their answers change until then', async () => {
    await aContract(teams);
    const id = await campaign(45);
    await submit(await evaluation(), '4');
    await moves(id, day(19));
    expect((await run(1, places)).join()).toContain('c’est maintenant le 12 décembre 2026');
  });

  test('of anniversaries lets go those that come after it, and takes them back with a later one', async () => {
    const signed = { startsOn: '2026-01-05', endsOn: '2028-12-09', rcti: 'false' };
    await aContract(teams, { ...signed, title: 'Un', signedOn: '2025-12-10' });
    await aContract(teams, { ...signed, title: 'Deux', signedOn: '2025-12-20' });
    const id = await campaign(60, 0, 'anniversary');
    expect(await windows()).toEqual(['2026-12-10', '2026-12-20']);
    const asked = await asks(id, '2026-12-15');
    expect(asked.plain).toContain('1 évaluation ne serait plus demandée');
    await teams.mustClick(diane, asked, 'Oui, c’est bien cela', { closesOn: '2026-12-15' });
    expect((await teams.services.campaigns.participation(id)).excluded).toBe(1);
    const apart = await teams.mustPress(diane, 'evaluations.campaign', { campaign: id, list: 'apart' });
    expect(apart.plain).toContain('Non demandée : L’anniversaire du contrat n’est pas dans la période');
    expect((await run(1, places)).join()).toContain('Le Courtier ne vous demande plus cette évaluation.');
    await moves(id, '2027-01-15');
    expect((await teams.services.campaigns.participation(id)).excluded).toBe(0);
    expect(await windows()).toEqual(['2026-12-10', '2026-12-20']);
    expect((await run(1, places)).join()).toContain('Le Courtier vous demande de nouveau cette évaluation.');
  });
});

describe('the reminders of a campaign whose end was moved', () => {
  test('are those of the new end, and none that was given is given again', async () => {
    await aContract(teams);
    await teams.install(channel);
    await teams.mustPress(alex, 'evaluations.designate', {}, channel);
    const id = await campaign(45);
    await run(2, places);
    await moves(id, day(80));
    const heard = await run(100, places);
    expect(heard.filter((line) => line.includes('canal'))).toEqual([
      expect.stringMatching(/^2026-11-25 canal Le Courtier a changé le dernier jour .* 13 février 2027\.$/),
      expect.stringMatching(/^2027-01-05 canal Rappel : 1 évaluation/),
      expect.stringMatching(/^2027-02-08 canal Rappel : 1 évaluation/),
      expect.stringMatching(/^2027-02-11 canal Rappel : 1 évaluation/),
      expect.stringMatching(/^2027-02-12 canal Rappel : 1 évaluation/),
    ]);
    const alone = heard.filter((line) => line.includes('Alex'));
    expect(alone[0]).toContain('c’est maintenant le 13 février 2027');
    expect(alone.slice(1).map((line) => line.slice(0, 10))).toEqual([
      '2027-01-05',
      '2027-02-08',
      '2027-02-11',
      '2027-02-12',
    ]);
    expect(heard.filter((line) => line.includes('équipe'))).toHaveLength(1);
  });

  test('say nothing of it to whom it asks for nothing any more', async () => {
    await aContract(teams);
    const id = await campaign(45);
    await run(1, places);
    await moves(id, day(60));
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 9);
    await teams.services.campaigns.exclude(
      diane,
      rows.map(({ evaluation }) => evaluation.id),
      'En litige',
    );
    expect((await run(1, places)).join()).not.toContain('dernier jour');
  });

  test('moved twice before anybody was told, only the last day that stands is told', async () => {
    await aContract(teams);
    const id = await campaign(45);
    await run(1, places);
    await moves(id, day(50));
    await moves(id, day(60));
    const heard = (await run(1, places)).filter((line) => line.includes('dernier jour'));
    expect(heard).toEqual([expect.stringContaining('c’est maintenant le 23 janvier 2027')]);
  });

  test('are told once the campaign goes on, where it was moved in a pause', async () => {
    await aContract(teams);
    const id = await campaign(45);
    await run(1, places);
    await teams.mustClick(diane, await shown(id), 'Pause');
    expect((await moves(id, day(60))).plain).toContain('en sont avisés à la reprise');
    expect((await run(1, places)).join()).not.toContain('dernier jour');
    await teams.mustClick(diane, await shown(id), 'Reprendre');
    expect((await run(1, places)).join()).toContain('c’est maintenant le 23 janvier 2027');
  });

  test('nobody is told of another day before the first reminder', async () => {
    await aContract(teams);
    teams.clock.advance({ days: 5 });
    const id = await campaign(45);
    await moves(id, day(60));
    await tick();
    expect(teams.in(alex)).toEqual([]);
  });
});

test('a last day that cannot be comes back as it was typed, with why beside it', async () => {
  await aContract(teams);
  const back = await asks(await campaign(45), '2026-11-02');
  expect(back.plain).toContain('Choisissez aujourd’hui ou une date à venir.');
  expect(back.valueOf('closesOn')).toBe('2026-11-02');
});

test('whoever moves the end of a campaign that a colleague changed sees it as it is, with what was typed', async () => {
  await aContract(teams);
  const id = await campaign(45);
  const card = await shown(id);
  await moves(id, day(50));
  const back = await teams.formBack(diane, card, 'Confirmer la nouvelle fin', { closesOn: day(40) });
  expect(back.plain).toContain('La campagne a changé entre-temps : rien n’est changé.');
  expect(back.valueOf('closesOn')).toBe(day(40));
  expect(await windows()).toEqual([day(50)]);
  expect((await shortens(id, day(30))).plain).toContain('finit maintenant');
});
