import { beforeEach, describe, expect, test } from '@jest/globals';
import { page } from '../../../src/app/doors.ts';
import type { Person } from '../../../src/core/turn.ts';
import { aContract } from '../../support/contracts.ts';
import { evaluating } from '../../support/evaluations.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, booked, people } from '../../support/kickoff.ts';
import { alex, channel, nadia, samuel } from '../../support/people.ts';

const teams = fakeTeams();
const { campaign } = evaluating(teams);

beforeEach(() => people(teams));

const tokenOf = async (person: Person = alex) =>
  (await teams.asks(person, 'mon agenda')).token().replace(/\.ics$/, '');
const read = (token: string) => page(`${token}.ics`, undefined, teams.services);
/** The text of a calendar, unfolded and unescaped. */
const textOf = async (token: string) =>
  String((await read(token)).body)
    .replace(/\r\n /g, '')
    .replaceAll('\\', '');

describe('a person’s calendar', () => {
  test('holds the duties of the contracts of their body, each with its contract, its supplier and what to copy', async () => {
    await aContract(teams, {}, nadia);
    const text = await textOf(await tokenOf());
    expect(text).toMatch(/SUMMARY:.*copie du contrat signé · Contrat nº 1, airelle inc\./);
    expect(text).toContain('Copiez ces valeurs');
    expect(text).toContain('DTSTART;VALUE=DATE:20261127');
  });

  test('holds the meeting that is booked, at its hour', async () => {
    const { kickoff } = await booked(teams, await aFile(teams));
    const text = await textOf(await tokenOf());
    expect(text).toContain('Rencontre de démarrage avec airelle inc.');
    expect(text).toContain(`UID:${kickoff.id}@courtier`);
  });

  test('holds the evaluations that are still to answer, on their last day', async () => {
    await aContract(teams);
    await campaign();
    const text = await textOf(await tokenOf());
    expect(text).toContain('SUMMARY:Dernier jour pour évaluer airelle inc.');
    // In the place of the duty to evaluate of that year, which is the same thing.
    const duties = text.match(/Évaluer le rendement du fournisseur \(\d{4}\)/g) ?? [];
    expect(duties.filter((duty) => duty.includes('2026'))).toEqual([]);
  });

  test('recalls, takes nobody’s time, and says how often it is to be read', async () => {
    await aContract(teams);
    const text = await textOf(await tokenOf());
    for (const line of [
      'BEGIN:VALARM',
      'TRANSP:TRANSPARENT',
      'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
      'X-PUBLISHED-TTL:PT6H',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('TRANSP:OPAQUE');
  });

  test('names each thing the same each time', async () => {
    await aContract(teams);
    const token = await tokenOf();
    const ids = (text: string) => text.match(/UID:.*/g);
    const before = ids(await textOf(token));
    teams.clock.advance({ days: 3 });
    expect(ids(await textOf(token))).toEqual(before);
    expect(new Set(before).size).toBe(before?.length);
  });
});

describe('its link', () => {
  test('is the same while it holds, and another one’s is another', async () => {
    expect(await tokenOf()).toBe(await tokenOf());
    expect(await tokenOf(nadia)).not.toBe(await tokenOf());
  });

  test('replaced, the old one opens nothing', async () => {
    const card = await teams.asks(alex, 'mon agenda');
    const next = await teams.mustClick(alex, card, 'Remplacer');
    expect((await read(card.token().replace(/\.ics$/, ''))).status).toBe(404);
    expect((await read(next.token().replace(/\.ics$/, ''))).status).toBe(200);
    const again = await teams.mustClick(alex, card, 'Remplacer');
    expect(again.token()).toBe(next.token());
  });

  test('is not replaced by somebody else', async () => {
    const { verb, data } = (await teams.asks(alex, 'mon agenda')).buttonFor('welcome.renewFeed');
    expect(await teams.refusedPress(nadia, verb, data)).toContain('introuvable');
    expect((await read(await tokenOf())).status).toBe(200);
  });

  test('tampered, or after a year, opens nothing', async () => {
    const token = await tokenOf();
    expect((await read(`${token.slice(0, -2)}xx`)).status).toBe(404);
    teams.clock.advance({ days: 366 });
    expect((await read(token)).status).toBe(404);
  });

  test('shows nothing of a body that its holder left, as soon as they left it', async () => {
    await aContract(teams, {}, nadia);
    const token = await tokenOf();
    expect(await textOf(token)).toContain('Contrat nº 1');
    await teams.mustPress(alex, 'people.declare', { other: 'Ville de Gaspé', leave: true });
    expect(await textOf(token)).not.toContain('BEGIN:VEVENT');
  });

  test('shows nothing of another body', async () => {
    await aContract(teams, {}, nadia);
    expect(await textOf(await tokenOf(samuel))).not.toContain('BEGIN:VEVENT');
  });

  test('opens nothing once its holder had their data erased', async () => {
    const token = await tokenOf();
    await teams.services.privacy.erase(alex);
    expect((await read(token)).status).toBe(404);
  });

  test('is given in the personal chat only', async () => {
    await teams.install(channel);
    await teams.says(alex, 'mon agenda', channel);
    expect(JSON.stringify(teams.last())).not.toContain('/liens/');
  });
});
