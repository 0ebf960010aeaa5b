import type { Card } from '../../../../core/card.ts';
import { amountField } from '../../../../core/cards/amount.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { type Draw, draws, redraws } from '../../../../core/cards/redraw.ts';
import { action, counted, creating } from '../../../../core/routes/turns.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { capital, escapeMarkdown } from '../../../../core/text/text.ts';
import type { PersonKey } from '../../../people/index.ts';
import { STEPS } from '../../steps/rules.ts';
import type { Kickoff } from '../../tables.ts';
import { agendaItems, halfDayName, MISTAKE, STATE_NAMES } from '../../texts.ts';
import { hasConfirmed } from '../../undoing/rules.ts';
import { clientNow } from '../rules/now.ts';
import { after } from '../rules/states.ts';
import type { KickoffOutcome } from '../store/records.ts';
import {
  meetingText,
  missedText,
  nowFacts,
  type Shown,
  STALE,
  shownOf,
  stepsView,
  waitsFor,
  warned,
  whenText,
} from './parts.ts';
import * as schema from './schema.ts';
import type { CardServices, KickoffServices } from './services.ts';

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
      ...noticeView(notice),
      ...warned(shown, 'À régler avant la suite'),
      ...receiptOf(shown),
      blue: clientNow(nowFacts(shown)),
      booked: kickoff.state === 'booked',
      moment: moment === '' ? '' : `${capital(moment)} (heure du Québec)`,
      agenda: agendaItems().map((text, at) => ({ text: `${at + 1}. ${text}` })),
      joinable: kickoff.state === 'booked' && kickoff.joinUrl !== null,
      joinUrl: kickoff.joinUrl ?? 'https://teams.microsoft.com/',
      choosing: kickoff.state === 'proposed',
      waits: kickoff.state === 'proposed' && chosen,
      answerable: after(kickoff.state, 'answer') !== undefined,
      edit: kickoff.state === 'asked' ? 'Répondre au Courtier' : 'Modifier la demande',
      movable: kickoff.state === 'booked' && !started,
      asks: kickoff.state === 'booked' && started,
      slot: kickoff.slotId ?? '',
      steps: stepsView(standing),
      step: mine?.step.number ?? 0,
      // The contract is noted before its copy is confirmed.
      confirmable: mine !== undefined && (mine.step.number !== STEPS.length || contract !== undefined),
      signable: mine?.step.number === STEPS.length && contract === undefined,
      contracted: contract?.opens ?? false,
      contract: contract?.id ?? '',
      today: today.toString(),
      end: today.add({ months: kickoff.details.months }).subtract({ days: 1 }).toString(),
      amount: amountField(kickoff.details.amount),
      confirm: mine ? `Étape ${mine.step.number} : c’est fait` : '',
      question: mine ? `${mine.step.tasks.client}. Est-ce fait ? ${MISTAKE}` : '',
      cancellable: after(kickoff.state, 'cancel') !== undefined && kickoff.state !== 'held',
      missed: shown.missed !== undefined,
      missedText: missedText('client', shown),
      undoable: hasConfirmed('client', kickoff.state, standing),
    },
  };
}

/** What a client asks for, as facts. */
export const copyOf = (details: Kickoff['details']): { title: string; value: string }[] =>
  [
    ['Projet', details.project],
    ['Offres', details.components],
    ['Quantités', details.quantities],
    ['Durée', `${details.months} mois`],
    ['Montant', frenchMoney(details.amount)],
    ['Contrats existants', details.existing],
    ['Fournisseur', [details.contactName, details.contactEmail].filter(Boolean).join(', ')],
    ['Jamais', details.never.map(halfDayName).join(', ')],
  ].flatMap(([title = '', value = '']) => (value === '' ? [] : [{ title, value: escapeMarkdown(value) }]));

/** What was sent, while the broker has it: its number, a copy, how long it takes, what comes next. */
function receiptOf({ kickoff, standing }: Shown) {
  const { details, number } = kickoff;
  const broker = standing.find(({ step }) => step.number === 2);
  const sent = kickoff.state === 'requested';
  return {
    sent,
    receipt: `Demande nº ${number}, envoyée au Courtier`,
    copy: sent ? copyOf(details) : [],
    after: [
      'Ensuite, le Courtier vous propose des moments, à vous et au fournisseur.',
      broker ? whenText(broker) : '',
      '« Mes demandes » dit où elle en est.',
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** The client's card, as the kickoff stands. */
export const clientCard = async (
  kickoff: Kickoff,
  viewer: PersonKey,
  services: CardServices,
  notice = '',
): Promise<Card> => statusCard(await shownOf(kickoff, viewer, services, notice));

/** What became of a meeting, on the client's card. */
export const onClientCard: Draw<KickoffServices, unknown, KickoffOutcome> = (
  { person },
  _input,
  services,
  word,
  outcome,
) => clientCard(outcome.kickoff, person, services, outcome.kind === 'stale' ? STALE : word);

const shownStatus: Draw<KickoffServices, { readonly kickoff: string }, undefined> = async (
  { person },
  { kickoff },
  services,
) => clientCard(await services.kickoffs.forClient(kickoff, person), person, services);

export const refresh = action('kickoff.status', schema.Reference, draws(shownStatus));

export const confirm = action(
  'kickoff.confirm',
  schema.Step,
  redraws(
    (turn, { kickoff, step }, { kickoffs }) => kickoffs.confirm('client', turn.person, kickoff, step),
    onClientCard,
    'C’est noté.',
  ),
);

/** Both signed: the contract is noted, with all that it asks. */
export const sign = forgiving(
  comesBack(schema.Reference, shownStatus),
  creating(
    'kickoff.sign',
    { uncounted: 'One a meeting; the contract that it notes is counted as one.' },
    schema.Sign,
    redraws(
      (turn, { kickoff, sure, ...signed }, { kickoffs }) =>
        kickoffs.sign(turn.person, kickoff, signed, turn.effect, { meant: sure === 'yes' }),
      onClientCard,
      'Le contrat est noté : « contrats » montre ce qu’il demande. Transmettez-en la copie au Courtier, puis confirmez l’étape.',
    ),
  ),
);

export const tookPlace = action(
  'kickoff.tookPlace',
  schema.TookPlace,
  redraws(
    (turn, { kickoff, slot, yes }, { kickoffs }) =>
      kickoffs.tookPlace('client', turn.person, kickoff, slot, yes),
    onClientCard,
    (_outcome, { yes }) =>
      yes ? 'C’est noté. Voici la suite.' : 'C’est noté. Le Courtier proposera d’autres moments.',
  ),
);

/** What is said once a meeting's hour was let go. */
export const movedWord = ({ state }: Kickoff): string =>
  state === 'proposed'
    ? 'C’est noté. Voici d’autres moments.'
    : 'C’est noté : la rencontre n’a plus lieu à ce moment. Le Courtier proposera d’autres moments.';

export const move = counted(
  {
    noun: ['changement de moment', 'changements de moment'],
    person: 30,
    body: 300,
    tenant: 3_000,
    why: 'Some meetings a person, each moved once or twice.',
  },
  action(
    'kickoff.move',
    schema.Seen,
    redraws(
      (turn, { kickoff, revision }, { kickoffs }) => kickoffs.move(turn.person, kickoff, revision),
      onClientCard,
      ({ kickoff }) => movedWord(kickoff),
    ),
  ),
);

export const cancel = action(
  'kickoff.cancel',
  schema.Seen,
  redraws(
    (turn, { kickoff, revision }, { kickoffs }) => kickoffs.cancel('client', turn.person, kickoff, revision),
    onClientCard,
    'La rencontre est annulée.',
  ),
);
