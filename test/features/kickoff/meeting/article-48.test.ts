import { beforeEach, describe, expect, test } from '@jest/globals';
import { download } from '../../../../src/app/doors.ts';
import { requestFact } from '../../../../src/features/acquisitions/index.ts';
import { lookedAt, readyToSign, republished, signing, wanting } from '../../../support/article-48.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import {
  aFile,
  booked,
  clientChooses,
  DETAILS,
  kickoffOf,
  people,
  proposed,
  requested,
  supplierChooses,
} from '../../../support/kickoff.ts';
import { alex, diane, nadia } from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';

const teams = fakeTeams();
beforeEach(() => people(teams));

const client = (verb: string, data: object, person = alex) => teams.press(person, verb, data);
const card = ({ card: shown, word }: { card: ShownCard | undefined; word: string }): ShownCard => {
  if (!shown) throw new Error(word);
  return shown;
};
const choiceOf = async (file: string) => card(await client('scenarios.choice', { file }));
const askMeeting = (file: string) => client('kickoff.request', { file, ...DETAILS });
const says = async (file: string, kind: string, bound: string, person = alex, condition = 'yes') =>
  teams.mustClick(person, await teams.mustPress(person, 'needs.eligibility', { file }), 'Enregistrer', {
    kind,
    bound,
    condition,
  });

describe('the three ways around article 48', () => {
  test('a body that chose above the lowest, then says that article 48 binds it, confirms and is authorized first', async () => {
    const file = await aFile(teams, { chosen: '' });
    await teams.services.files.share(alex, file, nadia);
    await says(file, 'lcop7', 'no');
    await client('scenarios.choose', { file, supplier: 'bleuet' });
    await says(file, 'lcop4', 'yes', nadia);
    expect((await askMeeting(file)).word).toContain('Votre choix est à confirmer');
    const { plain } = await choiceOf(file);
    for (const words of [
      'À confirmer',
      'Genre d’organisation : Organisme visé à l’article 7 de la LCOP → Ministère ou organisme visé à l’article 4',
      'Assujettie à l’article 48 du RCTI : non → oui.',
      'Nadia Benali, 23 novembre 2026',
      'Aujourd’hui : 12 000,00 $, 2 400,00 $ de plus que le plus bas (airelle inc.).',
    ])
      expect(plain).toContain(words);
    const kept = card(await teams.click(alex, await choiceOf(file), 'Garder ce choix'));
    expect(kept.plain).toContain('le dirigeant doit l’autoriser avant la signature');
    expect((await askMeeting(file)).word).toContain('Obtenez l’autorisation du dirigeant');
    await teams.click(alex, kept, 'Noter l’autorisation', { reference: 'DO-1', date: '2026-11-23' });
    expect(card(await askMeeting(file)).plain).toContain('Votre demande est envoyée');
  });

  test('a new fiche that makes another supplier cheaper is said by the file and by the choice alike', async () => {
    const file = await aFile(teams);
    await republished(teams, 'bleuet', '2.00');
    const words = 'Ce n’est plus le prix le plus bas : écart de 4 800,00 $.';
    expect((await choiceOf(file)).plain).toContain(words);
    expect((await choiceOf(file)).plain).not.toContain('C’est le prix le plus bas');
    expect(card(await client('acquisitions.open', { file })).plain).toContain('écart de 4 800,00 $');
    expect((await askMeeting(file)).word).toContain('Votre choix est à confirmer');
    await teams.says(alex, 'rencontre');
    expect(teams.lastCard().plain).toContain(words);
  });

  test('quantities that go from 100 to 900 have the choice to confirm, and no old price is proposed with new units', async () => {
    const file = await aFile(teams);
    await wanting(teams, file, 900);
    expect((await askMeeting(file)).word).toContain('Votre choix est à confirmer');
    await teams.says(alex, 'rencontre');
    expect(teams.lastCard().template).toBe('kickoff/missing');
    const { plain } = await choiceOf(file);
    expect(plain).toContain('Courriel : 100 → 900 unités.');
    expect(plain).toContain('Prix du scénario : 9 600,00 $ → 86 400,00 $.');
    await teams.click(alex, await choiceOf(file), 'Garder ce choix');
    await teams.says(alex, 'rencontre');
    const inputs = new Map(teams.lastCard().inputs.map(({ id, value }) => [id, value]));
    expect([inputs.get('quantities'), inputs.get('amount')]).toEqual([
      'Courriel : 900 unités au départ',
      '86\u00a0400,00',
    ]);
  });
});

describe('a choice to confirm', () => {
  test('is compared again, or made again, from its own card', async () => {
    const file = await aFile(teams);
    await republished(teams, 'bleuet', '2.00');
    const shown = await choiceOf(file);
    expect(card(await teams.click(alex, shown, 'Comparer de nouveau')).template).toBe('scenarios/comparison');
    const again = card(await teams.click(alex, shown, 'Confirmer le choix', { another: 'bleuet' }));
    expect(again.plain).toContain('bleuet inc.\n4 800,00 $');
    expect(again.plain).toContain('aucune autorisation du dirigeant n’est nécessaire');
    expect(again.plain).not.toContain('À confirmer');
  });

  test('has no document for the head of the body, not even by a link of before', async () => {
    const file = await aFile(teams, { chosen: 'bleuet' });
    await client('scenarios.justify', { file });
    const token = teams.lastCard().button('Télécharger').url?.split('/').at(-1) ?? '';
    await wanting(teams, file, 120);
    expect((await client('scenarios.justify', { file })).word).toContain('à confirmer');
    await expect(download(token, teams.services)).rejects.toThrow('à confirmer');
  });

  test('of the lowest price has no document for the head of the body, not even from a card of before', async () => {
    const file = await aFile(teams, { chosen: 'bleuet' });
    const old = await choiceOf(file);
    await client('scenarios.choose', { file, supplier: 'airelle', sure: 'yes' });
    expect((await teams.click(alex, old, 'Justification (.docx)')).word).toContain('rien à justifier');
  });

  test('before its needs are answered again, only says so', async () => {
    const file = await aFile(teams);
    await teams.db.transaction((tx) => teams.services.files.writeFact(tx, file, requestFact, {}));
    const { plain, buttons } = await choiceOf(file);
    expect(plain).toContain('répondez de nouveau aux questions 5, 6 et 7');
    expect(buttons.map(({ title }) => title)).not.toContain('Garder ce choix');
    expect((await askMeeting(file)).word).toContain('Votre choix est à confirmer');
  });
});

describe('an authorization', () => {
  test.each([
    ['2026-11-22', 'Cette date vient avant le choix'],
    ['2026-11-24', 'est dans l’avenir'],
  ])(
    'dated %s, out of the days from the choice to today, is refused or asked about, and the form keeps what was typed',
    async (date, words) => {
      const file = await aFile(teams, { chosen: 'bleuet' });
      const refused = await teams.sentBack(alex, 'scenarios.authorize', { file, reference: 'DO-7', date });
      expect(refused.plain).toContain(words);
      expect(new Map(refused.inputs.map(({ id, value }) => [id, value]))).toEqual(
        new Map([
          ['reference', 'DO-7'],
          ['date', date],
        ]),
      );
      expect((await askMeeting(file)).word).toContain('Obtenez l’autorisation');
    },
  );

  test('given before the choice was noted counts, once that date is meant', async () => {
    const file = await aFile(teams, { chosen: 'bleuet' });
    const early = { file, reference: 'DO-7', date: '2026-11-16', sure: 'yes' };
    expect(card(await client('scenarios.authorize', early)).plain).toContain('Autorisé le 16 novembre 2026');
    expect(card(await askMeeting(file)).plain).toContain('Votre demande est envoyée');
  });

  test('is for the price that it names: on another one, it is asked for again', async () => {
    const file = await aFile(teams, { chosen: 'bleuet' });
    await client('scenarios.authorize', { file, reference: 'DO-1', date: '2026-11-23' });
    await republished(teams, 'bleuet', '5.50');
    const asked = await teams.formBack(alex, await choiceOf(file), 'Garder ce choix');
    const kept = card(await teams.click(alex, asked, 'Oui, c’est bien cela'));
    expect(kept.plain).not.toContain('Autorisé le');
    expect((await askMeeting(file)).word).toContain('Obtenez l’autorisation');
  });
});

describe('a body that has not said whether article 48 binds it', () => {
  test('chooses the lowest freely, and answers before another choice leads to a meeting', async () => {
    const file = await aFile(teams, { chosen: '' });
    await says(file, 'cspq8', 'unknown');
    await client('scenarios.choose', { file, supplier: 'bleuet' });
    expect((await askMeeting(file)).word).toContain('Dites si votre organisation est assujettie');
    await client('scenarios.choose', { file, supplier: 'airelle', sure: 'yes' });
    expect(card(await askMeeting(file)).plain).toContain('Votre demande est envoyée');
  });

  test.each([
    ['lcop4', 'no', 'yes', 'Voyez si un autre genre est le vôtre'],
    ['lcop7', 'no', 'no', 'Adoptez d’abord la politique'],
    ['municipal', 'no', 'no', 'Sans disposition de la loi qui vous vise'],
    ['other', 'no', 'yes', 'La section 2.4 du guide ne vise pas votre organisation'],
  ])(
    'a body %s that may not buy chooses no offer, and is told how to go on',
    async (kind, bound, condition, why) => {
      const file = await aFile(teams, { chosen: '' });
      await says(file, kind, bound, alex, condition);
      const { word } = await client('scenarios.choose', { file, supplier: 'airelle' });
      expect(word).toContain(why);
      expect(word).toContain('Un processus d’acquisition standard reste possible');
      expect((await teams.services.files.conclusion('choice', file)).choice).toBeUndefined();
    },
  );

  test('an answer « non » to the right to buy is said with the way out, and no meeting is asked for', async () => {
    const file = await aFile(teams);
    const shown = await says(file, 'lcop7', 'no', alex, 'no');
    expect(shown.plain).toContain('Adoptez d’abord la politique');
    expect((await askMeeting(file)).word).toContain('processus d’acquisition standard');
  });
});

describe('the staff', () => {
  test('see what the choice rests on: the body, article 48, the gap, the authorization and its date', async () => {
    const file = await aFile(teams, { chosen: 'bleuet' });
    await client('scenarios.authorize', { file, reference: 'DO-9', date: '2026-11-23' });
    await requested(teams, file);
    const plain = await lookedAt(teams, (await kickoffOf(teams, file)).id);
    for (const words of [
      'Ministère ou organisme visé à l’article 4 de la LCOP',
      'Assujettie à l’article 48 du RCTI',
      '12 000,00 $',
      '2 400,00 $',
      'DO-9, 23 novembre 2026',
    ])
      expect(plain).toContain(words);
  });

  test('see what changed since the request, and propose no moment before it is settled', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    await republished(teams, 'bleuet', '2.00');
    const { id, revision } = await kickoffOf(teams, file);
    expect(await lookedAt(teams, id)).toContain('Ce n’est plus le prix le plus bas : écart de 4 800,00 $.');
    const propose = () => teams.press(diane, 'kickoff.propose', { kickoff: id, revision });
    expect((await propose()).word).toContain('Le client a d’abord ceci à régler');
    const kept = card(await teams.click(alex, await choiceOf(file), 'Garder ce choix'));
    const today = teams.clock.now().toZonedDateTimeISO('America/Toronto').toPlainDate().toString();
    await teams.click(alex, kept, 'Noter l’autorisation', { reference: 'DO-2', date: today });
    expect(card(await propose()).plain).toContain('Transmettez maintenant le lien');
  });
});

test('a moment that suits all is not booked on a choice to confirm; the same answer books once it is kept', async () => {
  const file = await aFile(teams);
  const all = await proposed(teams, file);
  await supplierChooses(teams, all, all.slots.slice(0, 1));
  await wanting(teams, file, 120);
  const waiting = await clientChooses(teams, all, all.slots.slice(0, 1));
  expect(waiting.plain).toContain('La rencontre sera fixée quand vous les confirmerez de nouveau');
  expect((await kickoffOf(teams, file)).state).toBe('proposed');
  await teams.click(alex, await choiceOf(file), 'Garder ce choix');
  await clientChooses(teams, all, all.slots.slice(0, 1));
  expect((await kickoffOf(teams, file)).state).toBe('booked');
});

test('another choice, once the meeting was held, sends to the team, who can cancel it', async () => {
  const file = await aFile(teams);
  const { kickoff } = await booked(teams, file);
  const other = () => client('scenarios.choose', { file, supplier: 'bleuet', sure: 'yes' });
  expect((await other()).word).toContain('Annulez-la d’abord');
  await readyToSign(teams, { kickoff: kickoff.id, file }, 4);
  expect((await other()).word).toContain('Écrivez à l’équipe du Courtier, qui peut l’annuler');
  const held = await kickoffOf(teams, file);
  const { data } = (await teams.mustPress(diane, 'kickoff.look', { kickoff: held.id })).button(
    'Confirmer l’annulation',
  );
  await teams.mustPress(diane, 'kickoff.staffCancel', data);
  expect(card(await other()).plain).toContain('bleuet');
});

test('the client does not sign before the authorization that article 48 asks for on that day', async () => {
  const file = await aFile(teams);
  const { kickoff } = await booked(teams, file);
  await readyToSign(teams, { kickoff: kickoff.id, file }, 8);
  await republished(teams, 'bleuet', '2.00');
  const sign = () => client('kickoff.confirm', { kickoff: kickoff.id, step: 9 });
  expect((await sign()).word).toContain('l’autorisation du dirigeant s’obtient avant la signature');
  const kept = card(await teams.click(alex, await choiceOf(file), 'Garder ce choix'));
  const today = teams.clock.now().toZonedDateTimeISO('America/Toronto').toPlainDate().toString();
  await teams.click(alex, kept, 'Noter l’autorisation', { reference: 'DO-3', date: today });
  expect(card(await sign()).plain).toContain('C’est noté.');
});

test('a contract is noted with what article 48 asked on the day of its signature, and settles its choice', async () => {
  const file = await aFile(teams);
  const { kickoff } = await booked(teams, file);
  await readyToSign(teams, { kickoff: kickoff.id, file });
  await republished(teams, 'bleuet', '2.00');
  expect((await client('kickoff.sign', signing(kickoff.id, '2026-12-08'))).word).toContain(
    'l’autorisation du dirigeant s’obtient avant la signature',
  );
  expect(card(await client('kickoff.sign', signing(kickoff.id, '2026-11-30'))).plain).toContain(
    'Le contrat est noté',
  );
  expect((await choiceOf(file)).plain).toContain('Le contrat de ce dossier est noté.');
  expect((await client('scenarios.choose', { file, supplier: 'bleuet' })).word).toContain('ne change plus');
});
