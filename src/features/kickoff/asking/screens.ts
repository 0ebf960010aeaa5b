import { takesOwn } from '../../../core/people/own-things.ts';
import type { CalendarItem } from '../../../core/ports/documents.ts';
import type { AgendaItem, SentRequest } from '../../../core/routes/waiting.ts';
import { brokerDate } from '../../../core/time/business-days.ts';
import type { MessageTurn, Person } from '../../../core/turn.ts';
import { type AcquisitionFile, chooseCard } from '../../acquisitions/index.ts';
import type { PersonKey } from '../../people/index.ts';
import { waitsFor, whenText } from '../meeting/screens/parts.ts';
import { openForClient } from '../meeting/screens/request.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import { clientCard } from '../meeting/screens/status.ts';
import type { Kickoff } from '../tables.ts';
import { agendaItems, momentText, STATE_NAMES } from '../texts.ts';
import { readOwnMeeting, readOwnSigning } from './rules.ts';

interface OwnKickoff {
  readonly kickoff: Kickoff;
  readonly file: AcquisitionFile;
}

/** The kickoffs of a person's open files, as they see them now. */
async function kickoffsOf(
  person: PersonKey,
  { files, kickoffs }: Pick<KickoffServices, 'files' | 'kickoffs'>,
): Promise<OwnKickoff[]> {
  const open = await files.filesOf(person, 'open');
  const found = await Promise.all(
    open.map(async (file) => ({ file, kickoff: await kickoffs.ofFile(file.id) })),
  );
  return found.flatMap(({ file, kickoff }) => (kickoff ? [{ file, kickoff }] : []));
}

const momentOf = ({ startsAt, endsAt }: Kickoff, timeZone: string): string =>
  startsAt && endsAt ? momentText(startsAt, endsAt, timeZone) : '';

/** « Rencontre fixée : mardi 1er décembre 2026, de 9 h à 10 h. » */
const standingText = (kickoff: Kickoff, timeZone: string): string => {
  const moment = kickoff.state === 'booked' ? momentOf(kickoff, timeZone) : '';
  return moment === '' ? STATE_NAMES[kickoff.state] : `${STATE_NAMES[kickoff.state]} : ${moment}`;
};

/** Where one's meetings are: the only one, or those that there are; how to ask for one. */
async function showOwn(
  turn: MessageTurn,
  own: readonly OwnKickoff[],
  services: KickoffServices,
): Promise<void> {
  const [only, ...others] = own;
  if (!only) return openForClient(turn, services);
  const { timeZone } = services;
  await turn.reply(
    others.length === 0
      ? await clientCard(only.kickoff, turn.person, services, `${standingText(only.kickoff, timeZone)}.`)
      : chooseCard(
          own.map(({ file }) => file),
          'kickoff.open',
          new Map(own.map(({ file, kickoff }) => [file.id, standingText(kickoff, timeZone)])),
        ),
  );
}

const askMeeting = takesOwn(readOwnMeeting, async (turn, { number }, services: KickoffServices) => {
  const own = await kickoffsOf(turn.person, services);
  const numbered = own.filter(({ kickoff }) => kickoff.number === number);
  await showOwn(turn, numbered.length > 0 ? numbered : own, services);
  return true;
});

/** A contract that is not signed yet is where its steps are; one that is signed, or none, is for whoever keeps them. */
const askSigning = takesOwn(readOwnSigning, async (turn, _asked, services: KickoffServices) => {
  const own = (await kickoffsOf(turn.person, services)).filter(({ kickoff }) => kickoff.state !== 'signed');
  if (own.length === 0) return false;
  await showOwn(turn, own, services);
  return true;
});

/** What was asked of one's meetings in words. */
export const ask = async (turn: MessageTurn, services: KickoffServices): Promise<boolean> =>
  (await askMeeting(turn, services)) ||
  // Elsewhere than in the personal chat, contracts are another feature's to send back.
  (turn.conversation.kind === 'personal' && (await askSigning(turn, services)));

/** What waits for the client: the meeting, a moment to choose, the step that is theirs. */
export async function agenda(
  person: Person,
  services: Pick<KickoffServices, 'files' | 'kickoffs' | 'timeZone'>,
): Promise<AgendaItem[]> {
  const items: AgendaItem[] = [];
  for (const { kickoff, file } of await kickoffsOf(person, services)) {
    const ask = `ma rencontre nº ${kickoff.number}`;
    if (kickoff.state === 'booked' && kickoff.startsAt)
      items.push({
        on: brokerDate(kickoff.startsAt),
        what: `Rencontre de démarrage avec ${kickoff.supplierName}`,
        when: momentOf(kickoff, services.timeZone),
        ask,
      });
    else if (kickoff.state === 'proposed' || kickoff.state === 'asked')
      items.push({ what: `Rencontre : dossier « ${file.name} »`, when: STATE_NAMES[kickoff.state], ask });
    else if (kickoff.state === 'held') {
      const step = waitsFor(await services.kickoffs.standing(kickoff), 'client');
      if (step)
        items.push({
          on: step.due?.on,
          what: `Étape ${step.step.number} : ${step.step.tasks.client ?? step.step.title}`,
          when: whenText(step) || `Dossier « ${file.name} »`,
          late: step.late,
          ask,
        });
    }
  }
  return items;
}

/** A day before, and an hour before. */
const ALARMS = [24 * 60, 60];

/** The meetings that are booked, for a person's own calendar. */
export async function events(
  person: PersonKey,
  services: Pick<KickoffServices, 'files' | 'kickoffs'>,
): Promise<CalendarItem[]> {
  return (await kickoffsOf(person, services)).flatMap(({ kickoff, file }) => {
    const { startsAt, endsAt, state } = kickoff;
    if (state !== 'booked' || !startsAt || !endsAt) return [];
    return {
      id: kickoff.id,
      title: `Rencontre de démarrage avec ${kickoff.supplierName} · ${file.name}`,
      text: [
        `Dossier « ${file.name} » · ${kickoff.supplierName}`,
        ...agendaItems().map((text, at) => `${at + 1}. ${text}`),
      ].join('\n'),
      when: { start: startsAt.toTemporalInstant(), end: endsAt.toTemporalInstant() },
      alarms: ALARMS,
      sequence: kickoff.revision,
      ...(kickoff.joinUrl && { url: kickoff.joinUrl }),
    };
  });
}

/** The meetings that a person asked for. */
export async function requests(
  person: Person,
  { kickoffs, timeZone }: Pick<KickoffServices, 'kickoffs' | 'timeZone'>,
): Promise<SentRequest[]> {
  return (await kickoffs.askedBy(person)).map((kickoff) => ({
    title: `Rencontre nº ${kickoff.number}`,
    at: kickoff.createdAt,
    text: `${kickoff.supplierName} : ${kickoff.details.project}`,
    state: standingText(kickoff, timeZone),
    stands:
      kickoff.state === 'cancelled'
        ? 'ended'
        : kickoff.state === 'requested' || kickoff.state === 'asked'
          ? 'waiting'
          : 'answered',
    ...(kickoff.state !== 'cancelled' && { ask: `ma rencontre nº ${kickoff.number}` }),
  }));
}
