import { amountField } from '../../../../core/amount.ts';
import type { Card } from '../../../../core/card.ts';
import { frenchDate, frenchDay } from '../../../../core/clock.ts';
import { dueText, pastText } from '../../../../core/due.ts';
import { longestMonths, withFacts } from '../../../../core/guide/index.ts';
import { frenchMoney } from '../../../../core/money.ts';
import { pageAt, pagingRow } from '../../../../core/paging.ts';
import { count, escapeMarkdown } from '../../../../core/text.ts';
import { type AcquisitionFile, boundText, type ChoiceConclusion } from '../../../acquisitions/index.ts';
import { type Party, STEPS, type StepStanding } from '../../steps/rules.ts';
import type { Kickoff, Slot } from '../../tables.ts';
import { agendaItems, halfDayName, momentText, PARTY_NAMES, STATE_NAMES, tasksText } from '../../texts.ts';
import { HALF_DAYS } from '../rules/slots.ts';
import { after } from '../rules/states.ts';
import type { Ground } from '../store/kickoffs.ts';
import type { Details } from './schema.ts';

export const PAGE = 5;

const noticed = (notice: string) => ({ notice: escapeMarkdown(notice), noticed: notice !== '' });

/** A person's open files, to choose the one that the meeting is for. */
export const chooseCard = (files: readonly AcquisitionFile[]): Card => ({
  template: 'kickoff/choose',
  summary: 'Pour quel dossier est la rencontre ?',
  view: {
    none: files.length === 0,
    files: files.slice(0, 20).map(({ id, number, name }) => ({
      file: id,
      name: escapeMarkdown(name),
      number: `Dossier nº ${number}`,
    })),
  },
});

/** Why the meeting cannot be asked for yet. */
export const missingCard = ({ file, missing, standing }: Ground): Card => ({
  template: 'kickoff/missing',
  summary: 'La rencontre ne peut pas encore être demandée.',
  view: {
    file: file.id,
    name: escapeMarkdown(file.name),
    missing: [...missing, ...standing.changes].map((text) => ({ text: `• ${escapeMarkdown(text)}` })),
    chosen: standing.choice !== undefined,
  },
});

/** What the broker asks for, filled in as far as the file knows it. */
export function requestCard(ground: Ground, kickoff: Kickoff | undefined, prefill: Partial<Details>): Card {
  const held: Partial<Details> = kickoff?.details ?? prefill;
  return {
    template: 'kickoff/request',
    summary: 'Demander la rencontre de démarrage.',
    view: {
      file: ground.file.id,
      name: escapeMarkdown(ground.file.name),
      supplier: escapeMarkdown(ground.supplierName),
      ...noticed(kickoff?.state === 'asked' ? `Le Courtier demande : « ${kickoff.question} »` : ''),
      project: held.project ?? '',
      existing: held.existing ?? '',
      months: held.months ?? 12,
      mostMonths: longestMonths(),
      components: held.components ?? '',
      quantities: held.quantities ?? '',
      amount: held.amount === undefined ? '' : amountField(held.amount),
      contactName: held.contactName ?? '',
      contactEmail: held.contactEmail ?? '',
      never: (held.never ?? []).join(','),
      halfDays: HALF_DAYS.map((value) => ({ title: halfDayName(value), value })),
    },
  };
}

export interface Shown {
  readonly kickoff: Kickoff;
  readonly fileName: string;
  readonly standing: readonly StepStanding[];
  readonly slots: readonly Slot[];
  readonly timeZone: string;
  readonly now: Date;
  readonly today: Temporal.PlainDate;
  /** The contract that came of it. */
  readonly contract: string | undefined;
  /** Where the choice that it stands on is now. */
  readonly choice: ChoiceConclusion;
  readonly notice?: string;
}

const meetingText = ({ kickoff, timeZone }: Shown): string =>
  kickoff.startsAt && kickoff.endsAt ? momentText(kickoff.startsAt, kickoff.endsAt, timeZone) : '';

/** When the current step is to be done; of the copy, before its contract is noted, how its date is counted. */
function whenText({ step, state, due, past }: StepStanding): string {
  if (due) return `${past ? pastText(due) : dueText(due)}.`;
  if (state !== 'current' || step.number !== STEPS.length) return '';
  return withFacts(
    past
      ? 'En retard : la copie est due dans les {{copyDays}} qui suivent la signature par les parties (guide, section 4.12).'
      : 'Dans les {{copyDays}} qui suivent la signature par les parties (guide, section 4.12) : la date paraît quand le contrat est noté.',
  );
}

/** The lines of the eleven steps: done, the current one with who acts, those to come. */
const stepsView = (standing: readonly StepStanding[]) =>
  standing.map((each) => {
    const { step, state, late } = each;
    const due = whenText(each);
    return {
      label: `${step.number} · ${step.title}`,
      current: state === 'current',
      state: state === 'done' ? 'Fait' : state === 'later' ? 'Plus tard' : late ? 'En retard' : 'En cours',
      late,
      tasks: tasksText(each).map((text) => ({ text: `• ${text}` })),
      due,
      dated: due !== '',
    };
  });

const waitsFor = (standing: readonly StepStanding[], party: Party): StepStanding | undefined =>
  standing.find(({ waiting }) => waiting.includes(party));

/** What the client has to settle of the choice before the meeting, or before the signature. */
function warned({ kickoff, choice, contract }: Shown, warning: string) {
  const { refusal, changes, movers } = choice;
  const told =
    refusal && contract === undefined && after(kickoff.state, 'cancel')
      ? [refusal, ...changes, ...movers]
      : [];
  return {
    warned: told.length > 0,
    warning,
    warnings: told.map((text) => ({ text: `• ${escapeMarkdown(text)}` })),
  };
}

/** A client's kickoff: where it is, the hour, the eleven steps, what is theirs to do. */
export function statusCard(shown: Shown): Card {
  const { kickoff, fileName, standing, slots, now, today, contract, notice = '' } = shown;
  const mine = kickoff.state === 'held' ? waitsFor(standing, 'client') : undefined;
  const moment = meetingText(shown);
  const chosen = slots.some(({ client }) => client !== null);
  const started = kickoff.startsAt !== null && kickoff.startsAt <= now;
  return {
    template: 'kickoff/status',
    summary: notice || `${STATE_NAMES[kickoff.state]} : ${kickoff.supplierName}.`,
    view: {
      kickoff: kickoff.id,
      file: kickoff.acquisitionId,
      revision: kickoff.revision,
      name: escapeMarkdown(fileName),
      supplier: escapeMarkdown(kickoff.supplierName),
      standing: STATE_NAMES[kickoff.state],
      ...noticed(notice),
      ...warned(shown, 'À régler avant la suite'),
      booked: kickoff.state === 'booked',
      moment: moment === '' ? '' : `${moment.charAt(0).toUpperCase()}${moment.slice(1)} (heure du Québec)`,
      agenda: agendaItems().map((text, at) => ({ text: `${at + 1}. ${text}` })),
      joinable: kickoff.state === 'booked' && kickoff.joinUrl !== null,
      joinUrl: kickoff.joinUrl ?? 'https://teams.microsoft.com/',
      choosing: kickoff.state === 'proposed',
      waits: kickoff.state === 'proposed' && chosen,
      answerable: after(kickoff.state, 'answer') !== undefined,
      movable: kickoff.state === 'booked' && !started,
      asks: kickoff.state === 'booked' && started,
      slot: kickoff.slotId ?? '',
      steps: stepsView(standing),
      step: mine?.step.number ?? 0,
      // The contract is noted before its copy is confirmed.
      confirmable: mine !== undefined && (mine.step.number !== STEPS.length || contract !== undefined),
      signable: mine?.step.number === STEPS.length && contract === undefined,
      contracted: contract !== undefined,
      contract: contract ?? '',
      today: today.toString(),
      end: today.add({ months: kickoff.details.months }).subtract({ days: 1 }).toString(),
      amount: amountField(kickoff.details.amount),
      confirm: mine ? `Étape ${mine.step.number} : c’est fait` : '',
      question: mine ? `${mine.step.tasks.client}. Est-ce fait ?` : '',
      cancellable: after(kickoff.state, 'cancel') !== undefined && kickoff.state !== 'held',
    },
  };
}

/** The moments of a round, for the client. */
export function slotsCard({ kickoff, slots, timeZone, notice = '' }: Shown): Card {
  const until = slots[0]?.expiresAt;
  return {
    template: 'kickoff/slots',
    summary: 'Choisissez les moments qui vous conviennent.',
    view: {
      kickoff: kickoff.id,
      round: kickoff.round,
      supplier: escapeMarkdown(kickoff.supplierName),
      ...noticed(notice),
      chosen: slots.flatMap(({ id, client }) => (client ? [id] : [])).join(','),
      slots: slots.map(({ id, startsAt, endsAt }) => ({
        title: momentText(startsAt, endsAt, timeZone),
        value: id,
      })),
      until: until
        ? `Ces moments vous sont réservés jusqu’au ${momentText(until, until, timeZone).replace(/, de .*/, '')}, 17 h.`
        : '',
    },
  };
}

/** What the choice rests on, for the staff (guide 2.4 and 3.4.3). */
function choiceFacts({ choice, body, figures, authorization }: ChoiceConclusion): [string, string][] {
  const above = figures !== undefined && figures.gapCents !== '0';
  const wanted = body?.bound === 'yes' ? 'À obtenir' : 'Selon la réponse à l’article 48';
  return [
    ['Organisation', body?.title ?? ''],
    ['RCTI', body ? boundText(body.bound) : ''],
    ['Prix du choix', choice ? frenchMoney(Number(choice.priceCents)) : ''],
    [
      'Écart avec le plus bas',
      !figures ? '' : above ? frenchMoney(Number(figures.gapCents)) : 'Aucun : c’est le prix le plus bas',
    ],
    [
      'Autorisation du dirigeant',
      authorization
        ? `${authorization.reference}, ${frenchDay(authorization.date)}`
        : above && body?.bound !== 'no'
          ? wanted
          : 'Non requise',
    ],
  ];
}

/** The staff's side of a kickoff. */
export function staffCard(shown: Shown): Card {
  const { kickoff, fileName, standing, slots, now, notice = '' } = shown;
  const { details } = kickoff;
  const mine = kickoff.state === 'held' ? waitsFor(standing, 'broker') : undefined;
  const moment = meetingText(shown);
  const answers = slots.map(({ startsAt, endsAt, client, supplier }) => ({
    text: `• ${momentText(startsAt, endsAt, shown.timeZone)} : client ${said(client)}, fournisseur ${said(supplier)}`,
  }));
  const fact = (title: string, value: string) =>
    value === '' ? [] : [{ title, value: escapeMarkdown(value) }];
  return {
    template: 'kickoff/staff',
    summary: notice || `Rencontre nº ${kickoff.number} : ${STATE_NAMES[kickoff.state]}.`,
    view: {
      kickoff: kickoff.id,
      revision: kickoff.revision,
      heading: `Rencontre nº ${kickoff.number} · ${escapeMarkdown(kickoff.supplierName)}`,
      standing: STATE_NAMES[kickoff.state],
      ...noticed(notice),
      ...warned(shown, 'À régler par le client'),
      facts: [
        ...fact('Demandée par', kickoff.requesterName),
        ...fact('Dossier', fileName),
        ...choiceFacts(shown.choice).flatMap(([title, value]) => fact(title, value)),
        ...fact('Suivie par', kickoff.takenName ?? ''),
        ...fact('Moment', moment),
        ...fact('Durée', count(details.months, 'mois', 'mois')),
        ...fact('Montant', frenchMoney(details.amount)),
        ...fact('Projet', details.project),
        ...fact('Composantes', details.components),
        ...fact('Quantités', details.quantities),
        ...fact('Contrats existants', details.existing),
        ...fact('Fournisseur', [details.contactName, details.contactEmail].filter(Boolean).join(', ')),
        ...fact('Jamais', details.never.map(halfDayName).join(', ')),
        ...fact('Mot du fournisseur', kickoff.remark),
      ],
      answers: kickoff.state === 'proposed' ? answers : [],
      steps: stepsView(standing),
      takable: after(kickoff.state, 'cancel') !== undefined,
      askable: after(kickoff.state, 'ask') !== undefined,
      proposable: after(kickoff.state, 'propose') !== undefined,
      propose:
        kickoff.state === 'requested' || kickoff.state === 'asked'
          ? 'Proposer des moments'
          : 'Proposer d’autres moments',
      linkable: kickoff.state !== 'cancelled' && kickoff.state !== 'signed',
      asks: kickoff.state === 'booked' && kickoff.startsAt !== null && kickoff.startsAt <= now,
      slot: kickoff.slotId ?? '',
      step: mine?.step.number ?? 0,
      confirmable: mine !== undefined,
      confirm: mine ? `Étape ${mine.step.number} : c’est fait` : '',
      question: mine ? `${mine.step.tasks.broker}. Est-ce fait ?` : '',
      cancellable: after(kickoff.state, 'cancel') !== undefined,
    },
  };
}

const said = (answer: boolean | null): string => (answer === null ? 'attendu' : answer ? 'oui' : 'non');

export interface Listed {
  readonly kickoff: Kickoff;
  readonly standing: readonly StepStanding[];
}

export function listCard(rows: readonly Listed[], total: number, page: number, late: boolean): Card {
  return {
    template: 'kickoff/list',
    summary: `${count(total, 'rencontre', 'rencontres')} en cours.`,
    view: {
      heading: late ? 'Étapes dont la date est passée' : 'Rencontres et contrats en préparation',
      empty: total === 0,
      late,
      all: !late,
      rows: rows.map(({ kickoff, standing }) => {
        const current = standing.find(({ state }) => state === 'current');
        return {
          kickoff: kickoff.id,
          title: escapeMarkdown(`Nº ${kickoff.number} · ${kickoff.supplierName}`),
          facts: [
            STATE_NAMES[kickoff.state],
            current
              ? `étape ${current.step.number}, ${current.waiting.map((party) => PARTY_NAMES[party].toLowerCase()).join(' et ')}`
              : '',
            kickoff.takenName ? `suivie par ${escapeMarkdown(kickoff.takenName)}` : 'à prendre en charge',
          ]
            .filter(Boolean)
            .join(' · '),
          overdue: current?.past === true,
          due: current ? whenText(current) : '',
          color: current?.late ? 'Attention' : 'Warning',
        };
      }),
      ...pagingRow(pageAt(rows, page, total, PAGE), 'rencontres'),
    },
  };
}

/** The link for the supplier, who has no account. */
export const linkCard = ({ kickoff }: Shown, url: string, until: Temporal.PlainDate): Card => ({
  template: 'kickoff/link',
  summary: 'Le lien du fournisseur.',
  view: {
    supplier: escapeMarkdown(kickoff.supplierName),
    to: escapeMarkdown(kickoff.details.contactEmail),
    url,
    until: `Valable jusqu’au ${frenchDate(until)}. Transmettez-le par courriel à cette personne seulement : qui le détient peut répondre au nom du fournisseur.`,
  },
});

/** Where to find the meeting for one's own calendar. */
export const agendaCard = (url: string): Card => ({
  template: 'kickoff/agenda',
  summary: 'Ajoutez la rencontre à votre agenda.',
  view: { url },
});
