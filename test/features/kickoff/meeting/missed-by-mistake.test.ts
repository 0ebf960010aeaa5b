import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../../src/core/id.ts';
import { wanting } from '../../../support/article-48.ts';
import { audited } from '../../../support/drawn.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import {
  aFile,
  booked,
  kickoffOf,
  people,
  proposed,
  staffCard,
  supplierLink,
  visit,
} from '../../../support/kickoff.ts';
import { alex, diane, nadia, samuel } from '../../../support/people.ts';

// « Elle n’a pas eu lieu » said by mistake.

const teams = fakeTeams();
beforeEach(() => people(teams));

/** A meeting of a file that Nadia shares, said not to have taken place. */
async function missed() {
  const file = await aFile(teams);
  await teams.services.files.share(alex, file, nadia);
  const { kickoff } = await booked(teams, file);
  teams.clock.advance({ days: 7, hours: 2 });
  await teams.mustPress(alex, 'kickoff.tookPlace', { kickoff: kickoff.id, slot: kickoff.slotId, yes: false });
  await teams.runJobs();
  teams.posted.length = 0;
  return { file, id: kickoff.id, slot: kickoff.slotId };
}
const status = (id: string, person = alex) => teams.mustPress(person, 'kickoff.status', { kickoff: id });
const BACK = 'Oui, revenir à la rencontre fixée';

test('has a way back until other moments are proposed: the meeting is booked again, at its hour', async () => {
  const { file, id, slot } = await missed();
  const card = await status(id);
  expect(card.plain).toContain('La rencontre était fixée au lundi 30 novembre 2026, de 9 h à 10 h.');
  expect(card.plain).toContain('Vos collègues du dossier et le Courtier en sont avisés');
  expect(card.plain).toContain('le fournisseur ne l’est pas');
  const shown = await teams.mustClick(alex, card, BACK);
  expect(shown.plain).toContain('C’est annulé : la rencontre est de nouveau fixée. Dites si elle a eu lieu.');
  expect(await kickoffOf(teams, file)).toMatchObject({ state: 'booked', slotId: slot });
  await teams.mustClick(alex, shown, 'Oui, elle a eu lieu');
  expect((await kickoffOf(teams, file)).state).toBe('held');
  expect(await audited(teams, 'kickoff.unmissed')).toHaveLength(1);
});

test('taken back, is told to the colleagues of the file and to the staff', async () => {
  const { id } = await missed();
  await teams.mustClick(alex, await status(id), BACK);
  await teams.runJobs();
  const said = '« Elle n’a pas eu lieu » avait été dit par erreur';
  expect(teams.newest(nadia, 'kickoff/status').plain).toContain(said);
  expect(staffCard(teams).plain).toContain(said);
  expect(teams.received(alex, 'kickoff/status')).toEqual([]);
});

test('is taken back by the staff as well, and their link to the supplier shows the meeting', async () => {
  const { id } = await missed();
  const card = await teams.mustPress(diane, 'kickoff.look', { kickoff: id });
  expect(card.plain).toContain('Le client et l’équipe en sont avisés');
  expect(card.plain).toContain('le fournisseur ne l’est pas');
  expect((await teams.mustClick(diane, card, BACK)).offers('Oui, elle a eu lieu')).toBe(true);
  expect(String((await visit(teams, await supplierLink(teams, id))).body)).toContain(
    'Votre rencontre de démarrage',
  );
});

test('stays once other moments are proposed, and an old card changes nothing', async () => {
  const { file, id } = await missed();
  const old = await status(id);
  const { revision } = await kickoffOf(teams, file);
  await teams.mustPress(diane, 'kickoff.propose', { kickoff: id, revision });
  expect((await teams.mustClick(alex, old, BACK)).plain).toContain('a changé entre-temps');
  expect((await kickoffOf(teams, file)).state).toBe('proposed');
  teams.clock.advance({ days: 20 });
  await teams.runJobs();
  expect((await kickoffOf(teams, file)).state).toBe('requested');
  expect((await status(id)).offers(BACK)).toBe(false);
});

test('pressed twice is done once; a colleague who was slower sees where it is', async () => {
  const { id } = await missed();
  const [mine, theirs] = [await status(id), await status(id, nadia)];
  const first = await teams.mustClick(alex, mine, BACK);
  expect((await teams.mustClick(alex, mine, BACK)).plain).toBe(first.plain);
  expect((await teams.mustClick(nadia, theirs, BACK)).plain).toContain('a changé entre-temps');
  expect(await audited(teams, 'kickoff.unmissed')).toHaveLength(1);
});

test('said again, and taken back again, is one more each time', async () => {
  const { file, id, slot } = await missed();
  await teams.mustClick(alex, await status(id), BACK);
  await teams.mustPress(alex, 'kickoff.tookPlace', { kickoff: id, slot, yes: false });
  await teams.mustClick(nadia, await status(id, nadia), BACK);
  expect(await kickoffOf(teams, file)).toMatchObject({ state: 'booked', slotId: slot });
});

test('said again after a taking back, is told to the staff again', async () => {
  const { id, slot } = await missed();
  await teams.mustClick(alex, await status(id), BACK);
  await teams.runJobs();
  teams.posted.length = 0;
  await teams.mustPress(alex, 'kickoff.tookPlace', { kickoff: id, slot, yes: false });
  await teams.runJobs();
  expect(staffCard(teams).plain).toContain('La rencontre n’a pas eu lieu. Proposez d’autres moments.');
});

test('is taken back whatever the needs became since: it took place, or not', async () => {
  const { file, id } = await missed();
  await wanting(teams, file, 900);
  await teams.mustClick(alex, await status(id), BACK);
  expect((await kickoffOf(teams, file)).state).toBe('booked');
});

test('whose hour is another meeting’s by then is not taken back, and why is said', async () => {
  const { file, id, slot } = await missed();
  const old = await status(id);
  const other = await kickoffOf(
    teams,
    (await proposed(teams, await aFile(teams, { name: 'Autre' }))).kickoff.acquisitionId,
  );
  await teams.db.execute(sql`insert into kickoff_slots
    select ${newId()}::uuid, ${other.id}::uuid, 9, 'booked', starts_at, ends_at, blocked_until, expires_at
    from kickoff_slots where id = ${slot}::uuid`);
  expect(await teams.refusedClick(alex, old, BACK)).toContain('est maintenant celle d’une autre');
  expect((await kickoffOf(teams, file)).state).toBe('requested');
});

test('a request whose meeting nobody missed offers no such way, and another’s is not reached', async () => {
  const file = await aFile(teams);
  const { kickoff } = await booked(teams, file);
  const { id, revision } = kickoff;
  await teams.mustPress(alex, 'kickoff.move', { kickoff: id, revision });
  await teams.db.execute(sql`update kickoffs set state = 'requested' where id = ${id}::uuid`);
  teams.clock.advance({ days: 40 });
  expect((await status(id)).offers(BACK)).toBe(false);
  expect(await teams.reaches(samuel, [['kickoff.unmiss', { kickoff: id, revision }]])).toEqual([]);
  expect(await teams.reaches(alex, [['kickoff.staffUnmiss', { kickoff: id, revision }]])).toEqual([]);
});
