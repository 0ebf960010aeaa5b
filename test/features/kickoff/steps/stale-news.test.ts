import { beforeEach, expect, test } from '@jest/globals';
import { readyToSign, signing } from '../../../support/article-48.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import {
  aFile,
  booked,
  clientChooses,
  kickoffOf,
  people,
  supplierChooses,
} from '../../../support/kickoff.ts';
import { alex, diane, nadia, staffRoom } from '../../../support/people.ts';

// News of the steps that is true no more when it is about to be sent.

const teams = fakeTeams();
beforeEach(() => people(teams));

/** A meeting of a file that Nadia shares, booked; what was told of it is sent. */
async function aMeeting() {
  const file = await aFile(teams);
  await teams.services.files.share(alex, file, nadia);
  const all = await booked(teams, file);
  return { file, id: all.kickoff.id, slot: all.kickoff.slotId, token: all.token };
}
/** The same, whose steps are confirmed up to one. */
async function upTo(last: number) {
  const { file, id } = await aMeeting();
  await readyToSign(teams, { kickoff: id, file }, last);
  await sent();
  return { file, id };
}
async function undoes(file: string, step: number, party: 'client' | 'broker') {
  const { id: kickoff, revision } = await kickoffOf(teams, file);
  const [person, verb] = party === 'client' ? [alex, 'kickoff.undo'] : [diane, 'kickoff.staffUndo'];
  await teams.mustPress(person, verb, { kickoff, revision, step, party });
}
/** What the jobs send now: to Nadia, and to the staff. */
async function sent() {
  teams.posted.length = 0;
  await teams.runJobs();
  const plainOf = (cards: readonly { readonly plain: string }[]) =>
    cards.map(({ plain }) => plain).join('\n');
  return {
    nadia: plainOf(teams.received(nadia, 'kickoff/status')),
    staff: plainOf(teams.received(staffRoom, 'kickoff/staff')),
  };
}
const TURN = 'une étape de votre contrat vous attend';
const STAFF_TURN = 'Une étape du contrat attend le Courtier';

test('that a step waits for the staff is not told once the step before was taken back', async () => {
  const { file, id } = await upTo(4);
  await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 5 });
  await undoes(file, 5, 'client');
  const told = await sent();
  expect(told.staff).toContain('L’étape 5 (Vérifier le fournisseur) est annulée');
  expect(told.staff).not.toContain(STAFF_TURN);
});

test('that a step waits for the client is not told once the step before was taken back', async () => {
  const { file, id } = await upTo(6);
  await teams.mustPress(diane, 'kickoff.confirmBroker', { kickoff: id, step: 7 });
  await undoes(file, 7, 'broker');
  const told = await sent();
  expect(told.nadia).toContain('L’étape 7');
  expect(told.nadia).not.toContain(TURN);
});

test('that a step was taken back is not told once it is done again', async () => {
  const { file, id } = await upTo(5);
  await undoes(file, 5, 'client');
  await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 5 });
  const told = await sent();
  expect(told.nadia + told.staff).not.toContain('est annulée');
  expect(told.staff).toContain(STAFF_TURN);
});

test('that all is signed is not told once the last step was taken back', async () => {
  const { file, id } = await upTo(10);
  await teams.mustPress(alex, 'kickoff.sign', signing(id, '2026-11-30'));
  await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 11 });
  await undoes(file, 11, 'client');
  expect((await sent()).staff).not.toContain('le contrat est signé');
});

/** « Elle n’a pas eu lieu », then that this was said by mistake. */
async function missedByMistake() {
  const meeting = await aMeeting();
  teams.clock.advance({ days: 7, hours: 2 });
  await sent();
  await teams.mustPress(alex, 'kickoff.tookPlace', { kickoff: meeting.id, slot: meeting.slot, yes: false });
  const { revision } = await kickoffOf(teams, meeting.file);
  await teams.mustPress(alex, 'kickoff.unmiss', { kickoff: meeting.id, revision });
  return meeting;
}

test('that a meeting did not take place is not told once that was taken back', async () => {
  await missedByMistake();
  const told = await sent();
  expect(told.staff).toContain('avait été dit par erreur');
  expect(told.staff).not.toContain('Proposez d’autres moments');
});

test('that a meeting is booked again is not told of another meeting', async () => {
  const { file, id, token } = await missedByMistake();
  const { revision } = await kickoffOf(teams, file);
  await teams.mustPress(diane, 'kickoff.propose', { kickoff: id, revision });
  const kickoff = await kickoffOf(teams, file);
  const slots = (await teams.services.kickoffs.slots(kickoff)).slice(0, 1);
  await clientChooses(teams, { kickoff }, slots);
  await supplierChooses(teams, { kickoff, slots, token }, slots);
  expect((await kickoffOf(teams, file)).state).toBe('booked');
  const told = await sent();
  expect(told.nadia).toContain('est fixée');
  expect(told.nadia + told.staff).not.toContain('avait été dit par erreur');
});
