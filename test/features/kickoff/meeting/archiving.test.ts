import { beforeEach, describe, expect, test } from '@jest/globals';
import { personKeyOf } from '../../../../src/core/people/person-key.ts';
import type { Calendar } from '../../../../src/core/ports/calendar.ts';
import { builtInCalendar } from '../../../../src/edges/calendar/index.ts';
import { readyToSign } from '../../../support/article-48.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, booked, people, requested, staffCard } from '../../../support/kickoff.ts';
import { alex, nadia } from '../../../support/people.ts';

/** What is in the agenda, by the meeting's own id. */
const agenda = new Set<string>();
const calendar: Calendar = {
  ...builtInCalendar,
  async enter(meeting) {
    agenda.add(meeting.id);
    return { event: meeting.id, joinUrl: undefined };
  },
  async remove(event) {
    agenda.delete(event);
  },
};
const teams = fakeTeams({ calendar });
beforeEach(async () => {
  agenda.clear();
  await people(teams);
});

const ARCHIVE = 'Archiver le dossier';
const opened = (file: string) => teams.mustPress(alex, 'acquisitions.open', { file });
const stateOf = async (file: string) => (await teams.services.files.findFile(file, alex)).state;
/** The question that comes back before a file is archived. */
const asked = async (file: string) =>
  teams.formBack(alex, await opened(file), ARCHIVE, { ended: 'abandoned' });
/** Archives it once it is meant. */
const meant = async (file: string) =>
  teams.mustClick(alex, await asked(file), 'Oui, c’est bien cela', { ended: 'abandoned' });
const meetingOf = async (kickoff: string) => (await teams.services.kickoffs.findKickoff(kickoff)).state;

describe('whoever archives a file', () => {
  test('whose meeting is booked is asked first; once it is meant, the meeting is cancelled as by « Annuler »', async () => {
    const file = await aFile(teams);
    const { kickoff } = await booked(teams, file);
    expect((await asked(file)).plain).toContain('l’archiver l’annule');
    expect(await stateOf(file)).toBe('open');
    expect(await meetingOf(kickoff.id)).toBe('booked');
    expect(agenda.size).toBe(1);
    expect((await meant(file)).plain).toContain('La rencontre est annulée.');
    await teams.runJobs();
    expect(await stateOf(file)).toBe('archived');
    expect(await meetingOf(kickoff.id)).toBe('cancelled');
    expect(agenda.size).toBe(0);
    expect(staffCard(teams).plain).toContain('La rencontre est annulée.');
  });

  test('whose meeting is only asked for is asked too, and the request ends with it', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    const { id } = (await teams.services.kickoffs.ofFile(file)) ?? { id: '' };
    expect((await asked(file)).plain).toContain('est demandée pour ce dossier');
    await meant(file);
    expect(await meetingOf(id)).toBe('cancelled');
  });

  test('whose meeting was held has the staff told, and the meeting stays theirs to cancel', async () => {
    const file = await aFile(teams);
    const { kickoff } = await booked(teams, file);
    await readyToSign(teams, { kickoff: kickoff.id, file }, 4);
    expect((await asked(file)).plain).toContain('l’archiver ne l’annule pas');
    expect((await meant(file)).plain).toContain('Le Courtier est avisé.');
    await teams.runJobs();
    expect(await meetingOf(kickoff.id)).toBe('held');
    expect(staffCard(teams).plain).toContain('Le client a archivé le dossier');
  });

  test('of which a question waits for a colleague is told so first', async () => {
    const file = await aFile(teams);
    await teams.mustPress(alex, 'needs.ask', { file, question: 'budget', colleague: personKeyOf(nadia) });
    expect((await asked(file)).plain).toContain('Une question posée à Nadia Benali attend encore');
    await meant(file);
    expect(await stateOf(file)).toBe('archived');
  });

  test('of which nothing is under way is asked nothing', async () => {
    const file = await aFile(teams);
    await teams.mustClick(alex, await opened(file), ARCHIVE, { ended: 'abandoned' });
    expect(await stateOf(file)).toBe('archived');
  });
});
