import { beforeEach, describe, expect, test } from '@jest/globals';
import { aContract } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { colleagues } from '../../../support/organization.ts';
import { alex, diane, nadia, personalChat, strangers } from '../../../support/people.ts';

// What the staff do with many evaluations of a campaign at once: recalled, and taken back.

const teams = fakeTeams();
const { campaign, submit, run, evaluation } = evaluating(teams);
const other = strangers(1)[0] ?? nadia;

/** A campaign that two bodies are asked in, once its opening was told. */
async function opened(): Promise<string> {
  await colleagues(teams, [other], 'Ville de Gaspé');
  await teams.install(other);
  await aContract(teams);
  await aContract(teams, { title: 'Téléphonie' }, other);
  const id = await campaign();
  await run(1);
  return id;
}
const heard = (days: number) =>
  run(days, { [personalChat(alex).id]: 'Alex', [personalChat(other).id]: 'Ville' });
const reminds = (data: object) => teams.mustPress(diane, 'evaluations.remind', data);

beforeEach(() => people(teams));

describe('recalled by the staff', () => {
  test('silent bodies are, in their card of the day; one that answered is not', async () => {
    const id = await opened();
    await submit(await evaluation(alex), '4');
    teams.clock.advance({ days: 1 });
    const card = await reminds({ campaign: id, allSilent: 'true' });
    expect(card.plain).toContain('1 évaluation est rappelée, avec le reste, aux heures de bureau.');
    const lines = await heard(2);
    expect(lines.join('\n')).toContain('Ville Évaluer');
    expect(lines.join('\n')).not.toContain('Alex Évaluer');
  });

  test('those that were ticked are, and no others', async () => {
    const id = await opened();
    const card = await reminds({ campaign: id, recalled: await evaluation(alex) });
    expect(card.plain).toContain('1 évaluation est rappelée');
    expect(await teams.services.campaigns.silentToRemind(id)).toBe(1);
  });

  test('the same is not within a week, and it says so; after it, it may be again', async () => {
    const id = await opened();
    await reminds({ campaign: id, allSilent: 'true' });
    const again = { campaign: id, recalled: await evaluation(alex) };
    expect((await reminds(again)).plain).toContain(
      'Rien n’est rappelé. 1 autre l’a été depuis moins de 7 jours.',
    );
    teams.clock.advance({ days: 7 });
    expect((await reminds(again)).plain).toContain('1 évaluation est rappelée');
  });

  test('nothing ticked is refused, and the campaign comes back', async () => {
    const id = await opened();
    const { form } = await teams.press(diane, 'evaluations.remind', { campaign: id });
    expect(form?.plain).toContain('Choisissez des contrats, ou tous les organismes silencieux.');
  });

  test('a campaign that is paused recalls nobody; a client finds nothing behind the button', async () => {
    const id = await opened();
    expect(
      (await teams.press(alex, 'evaluations.remind', { campaign: id, allSilent: 'true' })).word,
    ).toContain('introuvable');
    await teams.mustPress(diane, 'evaluations.pause', { campaign: id, revision: 1 });
    const { form, word } = await teams.press(diane, 'evaluations.remind', {
      campaign: id,
      allSilent: 'true',
    });
    expect(`${word}${form?.plain ?? ''}`).toContain('n’est pas en cours');
  });
});

describe('the list that somebody was in, and its page,', () => {
  /** Seven late evaluations of one campaign: two pages. */
  async function late(): Promise<string> {
    for (let n = 1; n <= 7; n++) await aContract(teams, { title: `Contrat ${n}` });
    const id = await campaign(5);
    await run(1);
    teams.clock.advance({ days: 6 });
    return id;
  }
  const at = (id: string, list: string, page: number) =>
    teams.mustPress(diane, 'evaluations.campaign', { campaign: id, list, page });
  test('come back with each step of the campaign', async () => {
    const id = await late();
    const before = await at(id, 'late', 2);
    const where = { list: 'late', page: 2 };
    const paused = await teams.mustClick(diane, before, 'Pause');
    expect(paused.buttonFor('evaluations.resume').data).toMatchObject(where);
    const resumed = await teams.mustClick(diane, paused, 'Reprendre');
    expect(resumed.buttonFor('evaluations.pause').data).toMatchObject(where);
    const closed = await teams.mustClick(diane, resumed, 'Confirmer la fin');
    expect(closed.buttonFor('evaluations.reopen').data).toMatchObject(where);
  });

  test('come back with what is recalled, set apart and taken back', async () => {
    const id = await late();
    const before = await at(id, 'late', 2);
    const recalled = await teams.mustPress(diane, 'evaluations.remind', {
      ...before.buttonFor('evaluations.remind').data,
      allSilent: 'true',
    });
    expect(recalled.buttonFor('evaluations.exclude').data).toMatchObject({ list: 'late', page: 2 });
    const [last] = (await teams.services.campaigns.asked(id, 'late', 2, 6)).rows;
    const apart = await teams.mustPress(diane, 'evaluations.exclude', {
      ...recalled.buttonFor('evaluations.exclude').data,
      apart: last?.evaluation.id,
      why: 'En litige',
    });
    // Of the second page nothing is left: the nearest one comes back.
    expect(apart.buttonFor('evaluations.pause').data).toMatchObject({ list: 'late', page: 1 });
    const apartList = await at(id, 'apart', 1);
    const back = await teams.mustClick(diane, apartList, 'Reprendre ce contrat');
    expect(back.buttonFor('evaluations.pause').data).toMatchObject({ list: 'apart', page: 1 });
  });
});

test('many that were set apart are listed, and taken back at once', async () => {
  const id = await opened();
  const both = `${await evaluation(alex)},${await evaluation(other)}`;
  await teams.mustPress(diane, 'evaluations.exclude', { apart: both, why: 'En litige' });
  const listed = await teams.mustPress(diane, 'evaluations.campaign', { campaign: id, list: 'apart' });
  expect(listed.plain).toContain('Mise de côté par le Courtier : En litige');
  const card = await teams.mustPress(diane, 'evaluations.includeMany', { campaign: id, back: both });
  expect(card.plain).toContain('2 contrats sont repris.');
  const again = await teams.mustPress(diane, 'evaluations.includeMany', { campaign: id, back: both });
  expect(again.plain).toContain('0 contrat est repris.');
});
