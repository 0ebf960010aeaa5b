import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { readyToSign, signing } from '../../../support/article-48.ts';
import { aFile, booked, kickoffOf, people } from '../../../support/kickoff.ts';
import { alex, diane, nadia } from '../../../support/people.ts';
import { countOf } from '../../../support/rows.ts';
import { onTwoProcesses, traces } from '../../../support/together.ts';

// Two processes on one PostgreSQL: a step is taken back while something else is done of its meeting.

const { teams, once } = onTwoProcesses({ shortGuide: true });
beforeEach(() => people(teams));

const TIMES = 5;

/** So many meetings, of files that Nadia shares, whose steps are confirmed up to one. */
async function upTo(last: number, many = 1) {
  const meetings: { file: string; kickoff: string }[] = [];
  // All are booked before any day passes.
  for (let n = 0; n < many; n++) {
    const file = await aFile(teams, { name: `Dossier ${n}` });
    await teams.services.files.share(alex, file, nadia);
    meetings.push({ file, kickoff: (await booked(teams, file)).kickoff.id });
  }
  const found: { file: string; id: string; revision: number }[] = [];
  for (const meeting of meetings) {
    await readyToSign(teams, meeting, last);
    const { id, revision } = await kickoffOf(teams, meeting.file);
    found.push({ file: meeting.file, id, revision });
  }
  return found;
}
const confirmed = (id: string) => countOf(teams, sql`kickoff_confirmations where kickoff_id = ${id}::uuid`);
const told = () => countOf(teams, sql`deliveries where subject ->> 'what' = 'undone'`);

test('a step is taken back once, and those whom it concerns are told once', async () => {
  const [{ id, revision } = { id: '', revision: 0 }] = await upTo(5);
  const before = await confirmed(id);
  const { card } = await once('kickoff.undo', { kickoff: id, revision, step: 5, party: 'client' });
  expect(card?.words).toContain('L’étape 5 est annulée');
  expect(await confirmed(id)).toBe(before - 1);
  expect(await traces(teams, 'kickoff.undo5.client')).toBe(1);
  // Nadia, and the staff.
  expect(await told()).toBe(2);
});

test('of two who take back two steps at once, one does, and the other sees where it is', async () => {
  for (const { id, revision } of await upTo(5, TIMES)) {
    const taken = { kickoff: id, revision, party: 'client' };
    await Promise.all([
      teams.press(alex, 'kickoff.undo', { ...taken, step: 5 }),
      teams.other.press(nadia, 'kickoff.undo', { ...taken, step: 4 }),
    ]);
    const acts = await countOf(teams, sql`audit where object = ${id} and action like 'kickoff.undo%'`);
    expect(acts).toBe(1);
  }
});

test('a contract noted at that moment keeps its steps, or is not noted', async () => {
  for (const { file, id, revision } of await upTo(10, TIMES)) {
    await Promise.all([
      teams.press(alex, 'kickoff.sign', signing(id, '2026-11-30')),
      teams.other.press(diane, 'kickoff.staffUndo', { kickoff: id, revision, step: 10, party: 'supplier' }),
    ]);
    const noted = (await teams.services.contracts.ofFile(file)) !== undefined;
    const { step } = (await teams.services.kickoffs.standing(await kickoffOf(teams, file))).find(
      ({ state }) => state === 'current',
    ) ?? { step: undefined };
    expect(step?.number).toBe(noted ? 11 : 10);
  }
});

test('that a meeting did not take place is taken back once, and those whom it concerns are told once', async () => {
  const file = await aFile(teams);
  await teams.services.files.share(alex, file, nadia);
  const { kickoff } = await booked(teams, file);
  teams.clock.advance({ days: 7, hours: 2 });
  const said = { kickoff: kickoff.id, slot: kickoff.slotId, yes: false };
  await teams.mustPress(alex, 'kickoff.tookPlace', said);
  const { id, revision } = await kickoffOf(teams, file);
  const { card } = await once('kickoff.unmiss', { kickoff: id, revision });
  expect(card?.words).toContain('la rencontre est de nouveau fixée');
  expect(await traces(teams, 'kickoff.unmissed')).toBe(1);
  expect(await countOf(teams, sql`deliveries where subject ->> 'what' = 'unmissed'`)).toBe(2);
});
