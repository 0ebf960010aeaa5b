import { z } from 'zod';
import type { Clock } from '../../../core/clock.ts';
import { Id } from '../../../core/id.ts';
import type { Calendar } from '../../../core/ports/calendar.ts';
import type { Recipient } from '../../../core/ports/delivery.ts';
import { job } from '../../../core/routes/jobs.ts';
import { type NoticeRules, notice, teamNotice } from '../../../core/routes/notices.ts';
import type { DecentHours } from '../../../core/time/decent-hours.ts';
import type { Files } from '../../acquisitions/index.ts';
import type { Kickoff } from '../tables.ts';
import { agendaItems, clientNotice, momentText, staffNotice } from '../texts.ts';
import type { Side, State } from './rules/states.ts';
import { momentsCard } from './screens/slots.ts';
import { staffCard } from './screens/staff.ts';
import { clientCard } from './screens/status.ts';
import type { Kickoffs } from './store/kickoffs.ts';
import { Subject } from './store/telling.ts';

export interface JobServices {
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly files: Files;
  readonly hours: DecentHours;
  readonly kickoffs: Kickoffs;
  readonly timeZone: string;
}

const OfRound = z.strictObject({ kickoff: Id, round: z.int() });

const momentOf = ({ startsAt, endsAt }: Kickoff, timeZone: string): string =>
  startsAt && endsAt ? momentText(startsAt, endsAt, timeZone) : '';

/** In which states a piece of news is still one; those that are not listed always are. */
const TIMELY: Readonly<Record<string, readonly State[]>> = {
  asked: ['asked'],
  choose: ['proposed'],
  moved: ['requested', 'proposed'],
  booked: ['booked'],
  missed: ['requested'],
  turn: ['held'],
  undone: ['booked', 'held'],
  unmissed: ['booked'],
  signed: ['signed'],
  dayBefore: ['booked'],
  hourBefore: ['booked'],
  after: ['booked'],
};

/** What comes before the meeting is nothing to tell any more once it began. */
const BEFORE: ReadonlySet<string> = new Set(['dayBefore', 'hourBefore']);

/** Whether news of the steps still holds: the turn is still that side's; what was taken back is not done again. */
async function holds(
  { what, step }: z.output<typeof Subject>,
  side: Side,
  row: Kickoff,
  { kickoffs }: JobServices,
): Promise<boolean> {
  if (what !== 'turn' && (what !== 'undone' || step === undefined)) return true;
  const standing = await kickoffs.standing(row);
  return what === 'turn'
    ? standing.some(({ waiting }) => waiting.some((party) => (party === 'client') === (side === 'client')))
    : standing.some(({ step: { number }, state }) => number === step && state !== 'done');
}

/** The kickoff that a notice is about, while there is something to tell that side. */
async function timely(
  subject: z.output<typeof Subject>,
  side: Side,
  services: JobServices,
): Promise<Kickoff | undefined> {
  const { kickoff: id, what, slot } = subject;
  const { kickoffs, clock } = services;
  const row = await kickoffs.findKickoff(id).catch(() => undefined);
  if (!row || (slot !== undefined && row.slotId !== slot)) return undefined;
  if (TIMELY[what]?.includes(row.state) === false) return undefined;
  const before = BEFORE.has(what);
  const started = row.startsAt !== null && row.startsAt.getTime() <= clock.now().epochMilliseconds;
  if (before && started) return undefined;
  return (await holds(subject, side, row, services)) ? row : undefined;
}

/** News of moments to choose among: they are on the card that says so. */
const OFFERS: ReadonlySet<string> = new Set(['choose', 'moved']);

const toClient = (rules: Omit<NoticeRules, 'policy'>) =>
  notice(
    { policy: 'surely', ...rules },
    Subject,
    async (subject, recipient: Recipient, services: JobServices) => {
      const row = await timely(subject, 'client', services);
      if (!row || recipient.kind !== 'person') return undefined;
      if (!(await services.files.seen(row.acquisitionId, recipient))) return undefined;
      const said = clientNotice(subject.what, row, momentOf(row, services.timeZone), subject.step);
      if (OFFERS.has(subject.what)) return momentsCard(row, recipient, services, said);
      return clientCard(row, recipient, services, said);
    },
    async ({ kickoff }, person, { kickoffs, files }: JobServices) => {
      const row = await kickoffs.forClient(kickoff, person);
      const { name } = await files.findFile(row.acquisitionId, person);
      return `Dossier « ${name} » : rencontre de démarrage dans l’heure`;
    },
  );

export const notices = [
  toClient({ kind: 'kickoff.client', hours: 'any', pausable: false, priority: 0 }),
  // A card for each reminder, of the release before: what it left is said in the card of the day instead.
  notice(
    { kind: 'kickoff.reminder', policy: 'surely', hours: 'decent', pausable: true, priority: 1 },
    z.looseObject({}),
    async () => undefined,
  ),
  toClient({
    kind: 'kickoff.soon',
    title: 'Rencontre de démarrage, une heure avant',
    hours: 'any',
    pausable: true,
    priority: 1,
  }),
  teamNotice(
    { kind: 'kickoff.staff', policy: 'surely', hours: 'any', pausable: false, priority: 1 },
    Subject,
    async (subject, _recipient: Recipient, services: JobServices) => {
      const row = await timely(subject, 'staff', services);
      return (
        row &&
        staffCard(
          row,
          services,
          staffNotice(subject.what, row, momentOf(row, services.timeZone), subject.step),
        )
      );
    },
  ),
];

/** Enters a meeting in the broker's calendar; takes it out again when it moved meanwhile. */
export const enterCalendar = job(
  'kickoff.enterCalendar',
  z.strictObject({ kickoff: Id, slot: Id }),
  async ({ kickoff: id, slot }, { kickoffs, calendar, timeZone }: JobServices) => {
    const row = await kickoffs.findKickoff(id);
    if (row.slotId !== slot || !row.startsAt || !row.endsAt) return;
    const { details, supplierName } = row;
    const { event, joinUrl } = await calendar.enter({
      id: slot,
      start: Temporal.Instant.fromEpochMilliseconds(row.startsAt.getTime()),
      end: Temporal.Instant.fromEpochMilliseconds(row.endsAt.getTime()),
      subject: `Rencontre de démarrage nº ${row.number} : ${supplierName}`,
      body: [
        `Rencontre de démarrage avec ${supplierName}, ${momentOf(row, timeZone)}.`,
        'Ordre du jour (guide, section 3.5) :',
        ...agendaItems().map((text, at) => `${at + 1}. ${text}`),
      ],
      attendees: [{ name: details.contactName || supplierName, email: details.contactEmail }],
    });
    if (!(await kickoffs.entered(id, slot, event, joinUrl))) await calendar.remove(event);
  },
);

export const leaveCalendar = job(
  'kickoff.leaveCalendar',
  z.strictObject({ event: z.string() }),
  ({ event }, { calendar }: JobServices) => calendar.remove(event),
);

/** Nobody could come to any moment of a round: the next ones, if the turn that heard it did not get there. */
export const advance = job(
  'kickoff.advance',
  OfRound,
  async ({ kickoff, round }, { kickoffs }: JobServices) => {
    await kickoffs.advance(kickoff, round);
  },
);

export const expire = job('kickoff.expire', OfRound, ({ kickoff, round }, { kickoffs }: JobServices) =>
  kickoffs.expire(kickoff, round),
);
