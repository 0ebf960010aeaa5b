import { beforeEach, describe, expect, test } from '@jest/globals';
import { readyToSign, signing } from '../../../support/article-48.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, booked, kickoffOf, people, requested, staffCard, visit } from '../../../support/kickoff.ts';
import { alex, diane, staffRoom } from '../../../support/people.ts';
import type { Place } from '../../../support/vocabulary.ts';

const teams = fakeTeams();

beforeEach(() => people(teams));

/** What somebody received of the kickoff by itself, oldest first. */
const told = (place: Place = alex, template = 'kickoff/status') =>
  teams.received(place, template).map(({ plain }) => plain);

describe('the eleven steps', () => {
  /** Up to the meeting, held. */
  async function held() {
    const file = await aFile(teams);
    const { kickoff, token } = await booked(teams, file);
    teams.clock.advance({ days: 7, hours: 2 });
    await teams.press(alex, 'kickoff.tookPlace', { kickoff: kickoff.id, slot: kickoff.slotId, yes: true });
    await teams.runJobs();
    return { file, kickoff: await kickoffOf(teams, file), token };
  }
  const steps = async (id: string) => {
    const { standing, findKickoff } = teams.services.kickoffs;
    return (await standing(await findKickoff(id))).find(({ state }) => state === 'current');
  };

  test('each is confirmed by its own side, in order, to the signed contract', async () => {
    const { file, kickoff, token } = await held();
    const { id } = kickoff;
    const byClient = (step: number) => teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step });
    const byStaff = (step: number) =>
      teams.mustPress(diane, 'kickoff.confirmBroker', { kickoff: id, step }, staffRoom);
    const bySupplier = (step: number) => visit(teams, token, { what: 'confirm', step: String(step) });
    await byClient(4);
    await byClient(5);
    await byStaff(6);
    expect((await steps(id))?.waiting).toEqual(['supplier']);
    await bySupplier(6);
    await byStaff(7);
    // The version to sign waits for the client's approval.
    expect((await byStaff(8)).plain).toContain('a changé entre-temps');
    expect((await steps(id))?.waiting).toEqual(['client']);
    await byClient(8);
    expect((await steps(id))?.waiting).toEqual(['broker']);
    await byStaff(8);
    await byClient(9);
    await bySupplier(10);
    expect(await teams.refusedPress(alex, 'kickoff.confirm', { kickoff: id, step: 11 })).toContain(
      'Notez d’abord le contrat signé.',
    );
    const signed = {
      signedOn: '2026-11-30',
      startsOn: '2026-12-01',
      endsOn: '2028-11-30',
      amount: '9 600,00',
    };
    await teams.press(alex, 'kickoff.sign', { kickoff: id, ...signed });
    await byClient(11);
    const contract = await teams.services.contracts.ofFile(file);
    expect(contract).toMatchObject({ supplierName: 'airelle inc.', amountCents: 960_000, rcti: true });
    const { done } = await teams.services.contracts.followed(contract?.id ?? '', alex);
    expect([...done.keys()]).toEqual(['copy']);
    expect((await kickoffOf(teams, file)).state).toBe('signed');
    await teams.runJobs();
    expect(staffCard(teams).plain).toContain('Les onze étapes sont faites');
    const reports = await teams.services.files.conclusions(file);
    expect(reports.contract?.done).toBe(true);
  });

  test('nobody confirms for another, nor ahead of time', async () => {
    const { kickoff, token } = await held();
    const { id } = kickoff;
    expect(
      (await teams.mustPress(diane, 'kickoff.confirmBroker', { kickoff: id, step: 4 }, staffRoom)).plain,
    ).toContain('a changé entre-temps');
    expect((await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 5 })).plain).toContain(
      'a changé entre-temps',
    );
    expect((await visit(teams, token, { what: 'confirm', step: '4' })).status).toBe(409);
    expect((await steps(id))?.step.number).toBe(4);
  });

  test('whose turn it is, is told: the client in chat, the others’ to the staff', async () => {
    const { kickoff } = await held();
    expect(told().at(-1)).toContain('C’est à vous');
    await teams.press(alex, 'kickoff.confirm', { kickoff: kickoff.id, step: 4 });
    await teams.press(alex, 'kickoff.confirm', { kickoff: kickoff.id, step: 5 });
    await teams.runJobs();
    expect(staffCard(teams).plain).toContain('attend le Courtier ou le fournisseur');
  });

  test('the choice that they stand on changes no more, unless the meeting is cancelled', async () => {
    const { file, kickoff } = await held();
    const choice = { file, supplier: 'bleuet', sure: 'yes' };
    expect(await teams.refusedPress(alex, 'scenarios.choose', choice)).toContain(
      'La rencontre de démarrage de ce choix a eu lieu',
    );
    const { revision } = await kickoffOf(teams, file);
    await teams.press(alex, 'kickoff.cancel', { kickoff: kickoff.id, revision });
    expect((await teams.mustPress(alex, 'scenarios.choose', choice)).plain).toContain('bleuet inc.');
  });

  test('no contract is noted for a request that was cancelled', async () => {
    const { file, kickoff, token } = await held();
    const { id } = kickoff;
    for (const step of [4, 5]) await teams.press(alex, 'kickoff.confirm', { kickoff: id, step });
    for (const step of [6, 7])
      await teams.press(diane, 'kickoff.confirmBroker', { kickoff: id, step }, staffRoom);
    await visit(teams, token, { what: 'confirm', step: '6' });
    await teams.press(diane, 'kickoff.confirmBroker', { kickoff: id, step: 7 }, staffRoom);
    await teams.press(alex, 'kickoff.confirm', { kickoff: id, step: 8 });
    await teams.press(diane, 'kickoff.confirmBroker', { kickoff: id, step: 8 }, staffRoom);
    await teams.press(alex, 'kickoff.confirm', { kickoff: id, step: 9 });
    await visit(teams, token, { what: 'confirm', step: '10' });
    expect((await steps(id))?.step.number).toBe(11);
    const { revision } = await kickoffOf(teams, file);
    await teams.press(alex, 'kickoff.cancel', { kickoff: id, revision });
    const signed = {
      signedOn: '2026-11-30',
      startsOn: '2026-12-01',
      endsOn: '2028-11-30',
      amount: '9 600,00',
    };
    await teams.press(alex, 'kickoff.sign', { kickoff: id, ...signed });
    expect(await teams.services.contracts.ofFile(file)).toBeUndefined();
  });

  test('the copy has the date of the contract’s duty, counted from the signature and not from a click', async () => {
    const file = await aFile(teams);
    const { kickoff } = await booked(teams, file);
    await readyToSign(teams, { kickoff: kickoff.id, file });
    const status = async () => (await teams.mustPress(alex, 'kickoff.status', { kickoff: kickoff.id })).plain;
    expect(await status()).toContain(
      'Dans les cinq jours ouvrables qui suivent la signature par les parties',
    );
    teams.clock.advance({ days: 1 });
    await teams.mustPress(alex, 'kickoff.sign', signing(kickoff.id, '2026-11-27'));
    expect(await status()).toContain('Au plus tard le 4 décembre 2026.');
    const contract = await teams.services.contracts.ofFile(file);
    const duty = await teams.mustPress(alex, 'contracts.duty', { contract: contract?.id, duty: 'copy' });
    expect(duty.plain).toContain('Au plus tard le 4 décembre 2026');
  });

  test('a request that the staff leave without an answer has passed its mark after three business days', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    teams.clock.advance({ days: 4 });
    const list = await teams.mustPress(diane, 'kickoff.list', { page: 1, late: true });
    expect(list.plain).toContain('Repère passé : 26 novembre 2026');
    expect(list.plain).not.toContain('En retard');
  });

  test('a mark that has passed is shown to the staff, and to the client as no more than a mark', async () => {
    const { kickoff } = await held();
    const due = (await steps(kickoff.id))?.due;
    // Ten business days after Monday 30 November.
    expect(due?.on.toString()).toBe('2026-12-14');
    const status = () => teams.mustPress(alex, 'kickoff.status', { kickoff: kickoff.id });
    expect((await status()).plain).toContain('Repère : 14 décembre 2026.');
    expect((await teams.asks(diane, 'rencontres')).plain).not.toContain('Repère passé');
    teams.clock.advance({ days: 15 });
    const late = await teams.mustPress(diane, 'kickoff.list', { page: 1, late: true });
    expect(late.plain).toContain('Repère passé : 14 décembre 2026');
    const { plain } = await status();
    expect(plain).toContain('Repère passé : 14 décembre 2026.');
    expect(plain).not.toMatch(/[Aa]u plus tard|[Ee]n retard|Source : Guide/);
  });
});
