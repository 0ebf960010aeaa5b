import { page } from '../../src/app/doors.ts';
import { newId } from '../../src/core/id.ts';
import type { Mailbox } from '../../src/core/ports/mailbox.ts';
import type { Person } from '../../src/core/turn.ts';
import { requestFact } from '../../src/features/acquisitions/index.ts';
import type { fakeTeams } from './fake-teams.ts';
import { priced } from './fiches.ts';
import { colleagues, giveRole, met } from './organization.ts';
import { admin, alex, diane, nadia, samuel, staffRoom } from './people.ts';
import { need } from './pricing.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** What a client writes in the request, beside what the file knows. */
export const DETAILS = {
  project: 'Remplacer le courriel',
  components: 'Courriel',
  quantities: '100 boîtes',
  months: '24',
  amount: '9 600,00 $',
  existing: '',
  contactName: 'Camille Roy',
  contactEmail: 'camille@airelle.example',
  never: '',
};

/** Alex and Nadia share a ministry; Diane is of the staff; everyone has the assistant; the staff have their channel. */
export async function people(teams: Teams): Promise<void> {
  await colleagues(teams, [alex, nadia]);
  await met(teams, alex, nadia, samuel, diane, admin);
  await giveRole(teams, diane, 'staff');
  await teams.install(staffRoom);
  await teams.services.staffChannel.designate(admin, staffRoom);
  await teams.services.catalogue.publication.publish(
    [priced('airelle', '4.00'), priced('bleuet', '5.00')],
    'command',
  );
  await teams.runJobs();
  teams.posted.length = 0;
}

/** A file of Alex with what makes a price; with its choice made unless told otherwise. */
export async function aFile(
  teams: Teams,
  { chosen = 'airelle', name = 'Courriel', owner = alex } = {},
): Promise<string> {
  const { files, needs } = teams.services;
  const { id } = await files.create(owner, name, newId());
  await needs.setEligibility(owner, id, { kind: 'lcop4', bound: 'yes' });
  const request = { durationMonths: 24, needs: [need('courriel', 100)] };
  await teams.db.transaction((tx) => files.writeFact(tx, id, requestFact, request));
  if (chosen !== '') await teams.press(owner, 'scenarios.choose', { file: id, supplier: chosen });
  return id;
}

/** Asks for the meeting; the client's card. */
export async function requested(teams: Teams, file: string, changes: object = {}, person: Person = alex) {
  const card = await teams.mustPress(person, 'kickoff.request', { file, ...DETAILS, ...changes });
  await teams.runJobs();
  return card;
}

export const kickoffOf = async (teams: Teams, file: string) => {
  const kickoff = await teams.services.kickoffs.ofFile(file);
  if (!kickoff) throw new Error('no kickoff');
  return kickoff;
};

/** The staff's newest card in their channel. */
export const staffCard = (teams: Teams) => teams.newest(staffRoom, 'kickoff/staff');

/** The supplier's address, as the staff get it. */
export async function supplierLink(teams: Teams, kickoff: string): Promise<string> {
  await teams.press(diane, 'kickoff.supplierLink', { kickoff }, staffRoom);
  return teams.lastCard().token();
}

/** Opens, or submits, the supplier's page. */
export const visit = (teams: Teams, token: string, form?: Record<string, string> | [string, string][]) =>
  page(token, form && new URLSearchParams(form), teams.services);

/** Moments are proposed; both answers are still to come. */
export async function proposed(teams: Teams, file: string) {
  await requested(teams, file);
  const { id, revision } = await kickoffOf(teams, file);
  await teams.press(diane, 'kickoff.propose', { kickoff: id, revision }, staffRoom);
  await teams.runJobs();
  const kickoff = await kickoffOf(teams, file);
  return {
    kickoff,
    slots: await teams.services.kickoffs.slots(kickoff),
    token: await supplierLink(teams, kickoff.id),
  };
}

export type Proposed = Awaited<ReturnType<typeof proposed>>;

export const clientChooses = (
  teams: Teams,
  { kickoff }: Pick<Proposed, 'kickoff'>,
  slots: readonly { id: string }[],
  round = kickoff.round,
) =>
  slots.length === 0
    ? teams.mustPress(alex, 'kickoff.noneSuits', { kickoff: kickoff.id, round })
    : teams.mustPress(alex, 'kickoff.choose', {
        kickoff: kickoff.id,
        round,
        slots: slots.map(({ id }) => id).join(','),
      });

export const supplierChooses = (
  teams: Teams,
  { kickoff, token }: Proposed,
  slots: readonly { id: string }[],
  round = kickoff.round,
) =>
  visit(teams, token, [
    ['what', 'choose'],
    ['round', String(round)],
    ['remark', ''],
    ...slots.map(({ id }): [string, string] => ['slots', id]),
    ...(slots.length === 0 ? [['none', 'yes'] as [string, string]] : []),
  ]);

/** The meeting is booked at the first moment of the proposal. */
export async function booked(teams: Teams, file: string) {
  const all = await proposed(teams, file);
  await clientChooses(teams, all, all.slots.slice(0, 1));
  await supplierChooses(teams, all, all.slots.slice(0, 1));
  await teams.runJobs();
  return { ...all, kickoff: await kickoffOf(teams, file) };
}

/** A mailbox that takes whatever it is given. */
export const openMailbox: Mailbox = { send: async () => 'sent' };
