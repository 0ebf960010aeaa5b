import { brokerDate } from '../../../core/business-days.ts';
import type { AgendaItem } from '../../../core/feature.ts';
import { takesOwn } from '../../../core/own-things.ts';
import type { MessageTurn, Person } from '../../../core/turn.ts';
import type { AcquisitionFile } from '../../acquisitions/index.ts';
import { waitsFor, whenText } from '../meeting/screens/parts.ts';
import { chooseCard, openForClient } from '../meeting/screens/request.ts';
import type { KickoffServices } from '../meeting/screens/services.ts';
import { clientCard } from '../meeting/screens/status.ts';
import type { Kickoff } from '../tables.ts';
import { momentText, STATE_NAMES } from '../texts.ts';
import { readOwnMeeting, readOwnSigning } from './rules.ts';

/** How many files are looked into. */
const MOST = 20;

interface OwnKickoff {
  readonly kickoff: Kickoff;
  readonly file: AcquisitionFile;
}

/** The kickoffs of a person's open files, as they see them now. */
async function kickoffsOf(
  person: Person,
  { files, kickoffs }: Pick<KickoffServices, 'files' | 'kickoffs'>,
): Promise<OwnKickoff[]> {
  const found: OwnKickoff[] = [];
  for (const file of (await files.filesOf(person, 'open')).slice(0, MOST)) {
    const kickoff = await kickoffs.ofFile(file.id);
    if (kickoff) found.push({ kickoff, file });
  }
  return found;
}

const momentOf = ({ startsAt, endsAt }: Kickoff, timeZone: string): string =>
  startsAt && endsAt ? momentText(startsAt, endsAt, timeZone) : '';

/** « Rencontre fixée : mardi 1er décembre 2026, de 9 h 00 à 10 h 00. » */
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
      ? await clientCard(only.kickoff, services, `${standingText(only.kickoff, timeZone)}.`)
      : chooseCard(
          own.map(({ file }) => file),
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
        on: brokerDate(Temporal.Instant.fromEpochMilliseconds(kickoff.startsAt.getTime())),
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
