import { frenchHour } from '../../core/clock.ts';
import { guide } from '../../core/guide/index.ts';
import { uncapital } from '../../core/text/text.ts';
import type { HalfDay } from './meeting/rules/slots.ts';
import type { State } from './meeting/rules/states.ts';
import { type Party, STEPS, type StepStanding } from './steps/rules.ts';
import type { Kickoff } from './tables.ts';

export const STATE_NAMES: Record<State, string> = {
  requested: 'Demande reçue par le Courtier',
  asked: 'Précisions demandées au client',
  proposed: 'Choix du moment',
  booked: 'Rencontre fixée',
  held: 'Rencontre tenue : le contrat se prépare',
  signed: 'Contrat signé',
  cancelled: 'Annulée',
};

/** How a step that was confirmed by mistake is taken back. */
export const MISTAKE = 'Une erreur se corrige ensuite par « Annuler une étape ».';

export const PARTY_NAMES: Record<Party, string> = {
  client: 'Client',
  broker: 'Courtier',
  supplier: 'Fournisseur',
};

const DAY_NAMES = {
  monday: 'Lundi',
  tuesday: 'Mardi',
  wednesday: 'Mercredi',
  thursday: 'Jeudi',
  friday: 'Vendredi',
};

/** « Lundi avant-midi ». */
export const halfDayName = (half: HalfDay): string => {
  const [day, part] = half.split('-') as [keyof typeof DAY_NAMES, 'am' | 'pm'];
  return `${DAY_NAMES[day]} ${part === 'am' ? 'avant-midi' : 'après-midi'}`;
};

const weekday = new Intl.DateTimeFormat('fr-CA', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** « mardi 1er décembre 2026, de 9 h à 10 h ». */
export function momentText(start: Date, end: Date, timeZone: string): string {
  const local = (date: Date) =>
    Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timeZone);
  const { year, month, day } = local(start);
  const text = weekday.format(Date.UTC(year, month - 1, day)).replace(/\b1 /, '1er ');
  return `${text}, de ${frenchHour(local(start))} à ${frenchHour(local(end))}`;
}

/** The guide's agenda for the meeting (3.5). */
export const agendaItems = (): readonly string[] => guide().agenda;

/** What a client prepares (guide 3.5). */
const PREPARATION: readonly string[] = [
  'La liste de vos composantes, en lien avec vos besoins',
  'Les quantités prévues et leur répartition sur la durée du contrat',
  'Le montant total à faire autoriser',
  'Vos contrats existants, s’il y en a',
];

const UNMISSED =
  '« Elle n’a pas eu lieu » avait été dit par erreur, et c’est annulé. La rencontre a-t-elle eu lieu ?';

/** A step was taken back: which one. */
function undoneText(step: number | undefined): string {
  const found = STEPS.find(({ number }) => number === step);
  const which = found ? `L’étape ${found.number} (${found.title})` : 'Une étape';
  return `${which} est annulée, avec ce qui avait été confirmé ensuite : elle est à faire de nouveau.`;
}

/** What a piece of news says to the client, above their card; `step`: that it is about. */
export function clientNotice(
  what: string,
  { question, supplierName }: Kickoff,
  moment: string,
  step?: number,
): string {
  switch (what) {
    case 'asked':
      return `Le Courtier a besoin d’une précision : « ${question} »`;
    case 'choose':
      return 'Le Courtier vous propose des moments pour la rencontre. Choisissez ceux qui vous conviennent.';
    case 'moved':
      return 'Le fournisseur ne peut plus être là au moment prévu : la rencontre n’a plus lieu à ce moment.';
    case 'expired':
      return 'Les moments proposés ne sont plus réservés. Le Courtier vous en proposera d’autres.';
    case 'booked':
      return `La rencontre avec ${supplierName} est fixée : ${moment}.`;
    case 'cancelled':
      return 'La rencontre est annulée.';
    case 'turn':
      return 'C’est à vous : une étape de votre contrat vous attend.';
    case 'undone':
      return `${undoneText(step)} Le journal du dossier dit par qui.`;
    case 'unmissed':
      return UNMISSED;
    case 'prepare':
      return `Votre rencontre a lieu le ${moment}. Préparez : ${PREPARATION.map(uncapital).join(' ; ')}.`;
    case 'hourBefore':
      return 'Votre rencontre commence dans une heure.';
    case 'after':
      return 'La rencontre a-t-elle eu lieu ?';
    case 'handed':
      return 'La personne qui l’avait demandée est partie : vous poursuivez. Le moment, l’agenda et le lien du fournisseur restent.';
    default:
      return '';
  }
}

/** The same for the staff. */
export function staffNotice(what: string, kickoff: Kickoff, moment: string, step?: number): string {
  switch (what) {
    case 'requested':
      return 'Nouvelle demande de rencontre de démarrage.';
    case 'answered':
      return 'Le client a complété sa demande.';
    case 'booked':
      return `La rencontre est fixée : ${moment}.`;
    case 'moved':
      return 'L’heure ne convient plus : d’autres moments sont proposés.';
    case 'unbooked':
      return 'L’heure ne convient plus, et aucun autre moment n’a pu être proposé. Proposez-en, ou écrivez au client.';
    case 'missed':
      return 'La rencontre n’a pas eu lieu. Proposez d’autres moments.';
    case 'noMoment':
      return 'Aucun moment ne convient à tous, et il n’en reste plus à proposer. Écrivez au client.';
    case 'expired':
      return 'Tous n’ont pas répondu à temps : les moments ne sont plus réservés.';
    case 'cancelled':
      return 'La rencontre est annulée.';
    case 'turn':
      return 'Une étape du contrat attend le Courtier ou le fournisseur.';
    case 'undone':
      return `${undoneText(step)} Si le fournisseur attendait une suite, dites-le-lui.`;
    case 'unmissed':
      return `${UNMISSED} Son invitation reste retirée de l’agenda.`;
    case 'signed':
      return 'Les onze étapes sont faites : le contrat est signé.';
    case 'handed':
      return `La personne qui l’avait demandée est partie : ${kickoff.requesterName} poursuit. Le moment, l’agenda et le lien du fournisseur restent ; dites-le au fournisseur.`;
    case 'left':
      return kickoff.state === 'cancelled'
        ? 'La personne qui l’avait demandée est partie, et personne de son organisation ne peut poursuivre : la rencontre est annulée, et retirée de l’agenda. L’invitation du fournisseur l’est aussi.'
        : 'La personne qui l’avait demandée est partie, et personne de son organisation ne suit les étapes du contrat. Écrivez à l’organisation.';
    case 'archived':
      return 'Le client a archivé le dossier de cette rencontre, qui a eu lieu. Voyez avec lui si le contrat se prépare encore ; sinon, annulez-la.';
    case 'untaken':
      return 'La personne de l’équipe qui suivait cette rencontre est partie. Quelqu’un peut la prendre en charge.';
    case 'dayBefore':
      return `Rappel : la rencontre avec ${kickoff.supplierName} a lieu le ${moment}.`;
    case 'after':
      return 'La rencontre a-t-elle eu lieu ?';
    default:
      return '';
  }
}

/** « Client : obtenir l’autorisation… ». */
export const tasksText = ({ step, waiting }: StepStanding): string[] =>
  waiting.map((party) => `${PARTY_NAMES[party]} : ${uncapital(step.tasks[party] ?? '')}.`);
