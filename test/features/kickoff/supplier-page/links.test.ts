import { beforeEach, describe, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import {
  aFile,
  booked,
  clientChooses,
  kickoffOf,
  type Proposed,
  people,
  proposed,
  supplierChooses,
  supplierLink,
  visit,
} from '../../../support/kickoff.ts';
import { alex, diane } from '../../../support/people.ts';

const teams = fakeTeams();

beforeEach(() => people(teams));

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
/** Another letter, which stands for the same end of a signature: the last has two bits more than it needs. */
const sameBits = (letter: string): string => LETTERS[LETTERS.indexOf(letter) + 1] ?? '';

describe('the supplier’s link', () => {
  test('shows the moments, and keeps the answer that was given', async () => {
    const all = await proposed(teams, await aFile(teams));
    const page = await visit(teams, all.token);
    expect([page.status, page.mediaType]).toEqual([200, 'text/html']);
    expect(page.body).toContain('lundi 30 novembre 2026, de 9');
    expect((await supplierChooses(teams, all, all.slots.slice(1, 3))).body).toContain(
      'votre réponse est notée',
    );
    const again = await visit(teams, all.token);
    expect(String(again.body).match(/ checked/g)).toHaveLength(2);
  });

  test.each<[string, (token: string) => string]>([
    [
      'with another body',
      (token) => `${Buffer.from('{"kind":"kickoff.supplier"}').toString('base64url')}.${token.split('.')[1]}`,
    ],
    ['with another signature', (token) => `${token.split('.')[0]}.${'A'.repeat(43)}`],
    ['with a letter changed', (token) => token.replace(/^./, (first) => (first === 'e' ? 'f' : 'e'))],
    ['whose signature is written otherwise', (token) => `${token.slice(0, -1)}${sameBits(token.slice(-1))}`],
    ['with the number of its key written', (token) => token.replace('.', '.1.')],
    ['cut short', (token) => token.slice(0, -4)],
    ['without a signature', (token) => token.split('.')[0] ?? ''],
    ['that is empty', () => ''],
    ['that is endless', (token) => token.repeat(50)],
  ])('%s opens nothing, and looks like any other that does not hold', async (_how, forge) => {
    const { token } = await proposed(teams, await aFile(teams));
    const page = await visit(teams, forge(token));
    expect(page.status).toBe(404);
    expect(page.body).toContain('Ce lien ne mène plus à rien');
    expect(page.body).not.toContain('novembre');
  });

  test('expires', async () => {
    const { token } = await proposed(teams, await aFile(teams));
    teams.clock.advance({ days: 61 });
    expect((await visit(teams, token)).status).toBe(404);
  });

  test('used again after the meeting was booked, books nothing more', async () => {
    const file = await aFile(teams);
    const all = await booked(teams, file);
    const { slotId, revision } = await kickoffOf(teams, file);
    expect((await supplierChooses(teams, all, all.slots.slice(2, 3), 1)).status).toBe(409);
    expect(await kickoffOf(teams, file)).toMatchObject({ slotId, revision });
  });

  test('of one request does nothing to another', async () => {
    const [one, other] = [await aFile(teams), await aFile(teams, { name: 'Autre' })];
    const [mine, theirs] = [await proposed(teams, one), await proposed(teams, other)];
    await clientChooses(teams, theirs, theirs.slots);
    await supplierChooses(teams, { ...theirs, token: mine.token }, theirs.slots);
    expect((await kickoffOf(teams, other)).state).toBe('proposed');
  });

  test('is of no use as another kind of link, nor another kind as this one', async () => {
    const { kickoff, token } = await booked(teams, await aFile(teams));
    await teams.press(alex, 'kickoff.agenda', { kickoff: kickoff.id });
    const agenda = teams.lastCard().token();
    const file = await visit(teams, agenda);
    expect(file.mediaType).toBe('text/calendar');
    expect(file.body).toContain('SUMMARY:Rencontre de démarrage\u00a0: airelle inc.');
    expect(file.body).toContain('DTSTART:20261130T140000Z');
    // A form sent to a feed is refused; the supplier's page gives no feed.
    expect((await visit(teams, agenda, { what: 'move', revision: '1' })).status).toBe(404);
    expect((await visit(teams, `${token}.ics`)).mediaType).toBe('text/html');
  });

  test('of a request that was cancelled opens nothing', async () => {
    const { kickoff, token } = await booked(teams, await aFile(teams));
    await teams.press(alex, 'kickoff.cancel', {
      kickoff: kickoff.id,
      revision: kickoff.revision,
    });
    expect((await visit(teams, token)).status).toBe(404);
  });

  test.each([
    [{ what: 'sign' }],
    [{ what: 'choose', round: 'x', remark: '' }],
    [{ what: 'choose', round: '1', remark: 'x'.repeat(501) }],
    [{ what: 'choose', round: '1', remark: '', slots: 'tout' }],
    [{ what: 'confirm', step: '12' }],
    [{ what: 'move', revision: '1', admin: 'true' }],
    [{}],
  ])('refuses the form %j with a sentence', async (form) => {
    const file = await aFile(teams);
    const { token } = await proposed(teams, file);
    const before = await kickoffOf(teams, file);
    const page = await visit(teams, token, form as Record<string, string>);
    expect(page.status).toBe(422);
    expect(await kickoffOf(teams, file)).toEqual(before);
  });

  test('a hostile word of the supplier is only words, on the page and in the staff’s card', async () => {
    const file = await aFile(teams);
    const all = await proposed(teams, file);
    await visit(teams, all.token, [
      ['what', 'choose'],
      ['round', '1'],
      ['remark', '<script>alert(1)</script> **<at>Tous</at>**'],
      ['slots', all.slots[0]?.id ?? ''],
    ]);
    const card = await teams.mustPress(diane, 'kickoff.look', {
      kickoff: all.kickoff.id,
    });
    expect(JSON.stringify(card.json)).not.toContain('<script>');
    expect(JSON.stringify(card.json)).not.toContain('<at>');
    expect((await visit(teams, all.token)).body).not.toContain('<script');
  });

  const says = (all: Proposed, remark: string, given: Record<string, string>) =>
    visit(teams, all.token, { what: 'choose', round: '1', remark, ...given });
  const staffSees = async ({ kickoff }: Proposed) =>
    (await teams.mustPress(diane, 'kickoff.look', { kickoff: kickoff.id })).plain;

  test('a word that comes with « aucun ne convient » reaches the staff', async () => {
    const all = await proposed(teams, await aFile(teams));
    expect((await says(all, 'Libres les mardis.', { none: 'yes' })).body).toContain('Voici d’autres moments');
    expect(await staffSees(all)).toContain('Libres les mardis.');
  });

  test('a word stays when the client can do none of the moments', async () => {
    const all = await proposed(teams, await aFile(teams));
    await says(all, 'Libres les mardis.', { slots: all.slots[0]?.id ?? '' });
    await clientChooses(teams, all, []);
    expect(await staffSees(all)).toContain('Libres les mardis.');
  });

  test('a word that was sent is in its field, so that sending again keeps it', async () => {
    const all = await proposed(teams, await aFile(teams));
    await says(all, 'Libres les mardis.', { slots: all.slots[0]?.id ?? '' });
    expect((await visit(teams, all.token)).body).toContain('>Libres les mardis.</textarea>');
  });

  test('a word that a refused answer brought is given back', async () => {
    const all = await proposed(teams, await aFile(teams));
    const slots = all.slots[0]?.id ?? '';
    const long = 'x'.repeat(501);
    expect((await says(all, long, { slots })).body).toContain(`>${long}</textarea>`);
    teams.clock.advance({ days: 20 });
    const gone = await says(all, 'Libres les mardis.', { slots });
    expect([gone.status, gone.body]).toEqual([409, expect.stringContaining('ne sont plus réservés')]);
    expect(gone.body).toContain('>Libres les mardis.</textarea>');
  });

  test('a word for a round that is over is given back, whatever came of the meeting', async () => {
    const all = await proposed(teams, await aFile(teams));
    await clientChooses(teams, all, []);
    const slots = all.slots[0]?.id ?? '';
    expect((await says(all, 'Libres les mardis.', { slots })).body).toContain(
      '>Libres les mardis.</textarea>',
    );
    const { kickoff } = await booked(teams, await aFile(teams, { name: 'Autre' }));
    const other = { ...all, kickoff, token: await supplierLink(teams, kickoff.id) };
    const page = await says(other, 'Plutôt mardi.', { slots });
    expect([page.status, page.body]).toEqual([409, expect.stringContaining('Plutôt mardi.')]);
  });

  test('lets the supplier say that the hour does not suit any more', async () => {
    const file = await aFile(teams);
    const { token, kickoff } = await booked(teams, file);
    const page = await visit(teams, token, { what: 'move', revision: String(kickoff.revision) });
    expect(page.status).toBe(200);
    expect((await kickoffOf(teams, file)).state).toBe('proposed');
  });

  test('the page loads nothing and runs nothing', async () => {
    const { token } = await proposed(teams, await aFile(teams));
    const { body } = await visit(teams, token);
    expect(body).not.toMatch(/<script|src=|href="http|@import|url\(/);
  });
});
