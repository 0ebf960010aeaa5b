import type { Card } from '../../../../core/card.ts';
import { unlessStale } from '../../../../core/cards/forgiving.ts';
import { noticeView } from '../../../../core/cards/notice-view.ts';
import { type Draw, draws, redraws } from '../../../../core/cards/redraw.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { frenchDay } from '../../../../core/clock.ts';
import { action } from '../../../../core/routes/turns.ts';
import { frenchMoney } from '../../../../core/text/money.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { boundText, type ChoiceConclusion } from '../../../acquisitions/index.ts';
import type { Kickoff } from '../../tables.ts';
import { halfDayName, MISTAKE, momentText, STATE_NAMES } from '../../texts.ts';
import { hasConfirmed } from '../../undoing/rules.ts';
import { staffAwaits, staffNow } from '../rules/now.ts';
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
} from './parts.ts';
import * as schema from './schema.ts';
import type { CardServices, KickoffServices } from './services.ts';

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

const said = (answer: boolean | null): string => (answer === null ? 'attendu' : answer ? 'oui' : 'non');

/** The staff's side of a kickoff. */
function staffView(shown: Shown): Card {
  const { kickoff, fileName, standing, slots, now, notice = '' } = shown;
  const { details } = kickoff;
  const mine = kickoff.state === 'held' ? waitsFor(standing, 'broker') : undefined;
  const moment = meetingText(shown);
  const facts = nowFacts(shown);
  const awaits = staffAwaits(facts);
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
      ...noticeView(notice),
      blue: staffNow(facts),
      awaits,
      awaiting: awaits !== '',
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
      question: mine ? `${mine.step.tasks.broker}. Est-ce fait ? ${MISTAKE}` : '',
      cancellable: after(kickoff.state, 'cancel') !== undefined,
      missed: shown.missed !== undefined,
      missedText: missedText('staff', shown),
      undoable: hasConfirmed('staff', kickoff.state, standing),
    },
  };
}

/** The staff's card, as the kickoff stands. */
export const staffCard = async (kickoff: Kickoff, services: CardServices, notice = ''): Promise<Card> =>
  staffView(await shownOf(kickoff, undefined, services, notice));

/** What became of a meeting, on the staff's card. */
export const onStaffCard: Draw<KickoffServices, unknown, KickoffOutcome> = (
  _turn,
  _input,
  services,
  word,
  outcome,
) => staffCard(outcome.kickoff, services, outcome.kind === 'stale' ? STALE : word);

export const look = action(
  'kickoff.look',
  schema.Reference,
  draws(async (_turn, { kickoff }, services: KickoffServices) =>
    staffCard(await services.kickoffs.findKickoff(kickoff), services),
  ),
  'staff',
);

/** What a colleague may follow, of what a card of it sends. */
export const heldOf = ({ kickoff }: { readonly kickoff: string }) => ({ kind: 'meeting', id: kickoff });

/** What a colleague follows is asked about first; nothing that was typed is lost. */
export const askedFirst = warnsFirst(
  schema.Reference,
  heldOf,
  async (_turn, { kickoff }, services: KickoffServices) =>
    staffCard(await services.kickoffs.findKickoff(kickoff), services),
);

export const take = askedFirst(
  action(
    'kickoff.take',
    schema.Reference,
    redraws(
      ({ person }, { kickoff }, { kickoffs }: KickoffServices) => kickoffs.takeKickoff(person, kickoff),
      (_turn, _input, services, word, kickoff) => staffCard(kickoff, services, word),
      'Vous suivez cette rencontre.',
    ),
    'staff',
  ),
);

export const ask = askedFirst(
  action(
    'kickoff.ask',
    schema.Question,
    redraws(
      async (turn, { kickoff, revision, question }, { kickoffs }: KickoffServices) =>
        unlessStale(await kickoffs.ask(turn.person, kickoff, revision, question), STALE),
      onStaffCard,
      'La question est envoyée au client.',
    ),
    'staff',
  ),
);

export const propose = askedFirst(
  action(
    'kickoff.propose',
    schema.Seen,
    redraws(
      (turn, { kickoff, revision }, { kickoffs }: KickoffServices) =>
        kickoffs.propose(turn.person, kickoff, revision),
      onStaffCard,
      'Le client choisit dans Teams. Transmettez maintenant le lien au fournisseur.',
    ),
    'staff',
  ),
);

export const confirmBroker = askedFirst(
  action(
    'kickoff.confirmBroker',
    schema.Step,
    redraws(
      (turn, { kickoff, step }, { kickoffs }: KickoffServices) =>
        kickoffs.confirm('broker', turn.person, kickoff, step),
      onStaffCard,
      'C’est noté.',
    ),
    'staff',
  ),
);

export const staffTookPlace = askedFirst(
  action(
    'kickoff.staffTookPlace',
    schema.TookPlace,
    redraws(
      (turn, { kickoff, slot, yes }, { kickoffs }: KickoffServices) =>
        kickoffs.tookPlace('staff', turn.person, kickoff, slot, yes),
      onStaffCard,
      'C’est noté.',
    ),
    'staff',
  ),
);

export const staffCancel = askedFirst(
  action(
    'kickoff.staffCancel',
    schema.Seen,
    redraws(
      (turn, { kickoff, revision }, { kickoffs }: KickoffServices) =>
        kickoffs.cancel('staff', turn.person, kickoff, revision),
      onStaffCard,
      'La rencontre est annulée.',
    ),
    'staff',
  ),
);
