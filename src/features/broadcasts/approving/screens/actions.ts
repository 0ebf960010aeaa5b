import type { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { redraws } from '../../../../core/cards/redraw.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { standingWords, wordsForm } from '../../drafting/screens/actions.ts';
import { type BroadcastServices, current, progress, STALE, shown, whomOf } from '../../screens/current.ts';
import * as schema from '../../screens/schema.ts';
import type { Broadcast, BroadcastOutcome } from '../../store/records.ts';
import { wordsOf } from '../rules/approval.ts';
import * as cards from './cards.ts';

/** The correction that waits, as it stands; undefined where none does. */
async function waitingCorrection(broadcast: Broadcast, services: BroadcastServices, notice = '') {
  const { broadcasts } = services;
  const held = broadcast.state === 'released' ? await broadcasts.correctionOf(broadcast.id) : undefined;
  if (!held) return undefined;
  const review = await broadcasts.lastReview(broadcast.id, { ...broadcast, ...wordsOf(held) }, held.at);
  return cards.correctionCard(broadcast, held, review, await whomOf(broadcast, services), notice);
}

/** The correction that waits; the sending where none does. */
export const correctionOrProgress = async (broadcast: Broadcast, services: BroadcastServices, notice = '') =>
  (await waitingCorrection(broadcast, services, notice)) ?? progress(broadcast, services, notice);

/** What waits for a second person, as it stands. */
export async function cardOf(id: string, services: BroadcastServices): Promise<Card> {
  const broadcast = await services.broadcasts.findBroadcast(id);
  return (await waitingCorrection(broadcast, services)) ?? current(broadcast, services);
}

/** What a person reads of the decision on what they wrote; undefined once it is past. */
export async function decision(broadcast: Broadcast, revision: number, services: BroadcastServices) {
  if (broadcast.revision !== revision) return undefined;
  if (broadcast.state === 'draft') return current(broadcast, services);
  const card = await waitingCorrection(broadcast, services);
  return card ?? progress(broadcast, services, 'Approuvé par une autre personne de l’équipe.');
}

/** The form of a correction as it stands; the notice itself, where it is not one that was sent. */
const corrected = async (
  { broadcast, revision }: z.output<typeof schema.Sent>,
  services: BroadcastServices,
) => {
  const row = await services.broadcasts.findBroadcast(broadcast);
  return row.state === 'released' ? wordsForm(row, services, revision) : current(row, services);
};

/** Other words for what was sent: at once, or once somebody else approved them. */
export const correct = forgiving(
  comesBack(schema.Sent, (_turn, known, services: BroadcastServices) => corrected(known, services)),
  action(
    'broadcasts.correctText',
    schema.Draft,
    async (turn, draft, services: BroadcastServices) => {
      const outcome = await services.broadcasts.correct(turn.person, draft);
      const { title, text } = await standingWords(outcome.broadcast, services);
      // The same words sent again lose nothing; others come back beside those that are there now.
      if (draft.title !== title || draft.text !== text) unlessStale(outcome, STALE);
      turn.update(
        outcome.kind === 'done' && services.broadcasts.needsApproval
          ? await correctionOrProgress(outcome.broadcast, services)
          : await shown(outcome, services),
      );
    },
    'staff',
  ),
);

/** What a colleague has in hand is asked about first; a comment that was typed is not lost. */
export const warned = warnsFirst(
  schema.Reference,
  ({ broadcast }) => ({ kind: 'approval', id: broadcast }),
  (_turn, { broadcast }, services: BroadcastServices) => cardOf(broadcast, services),
);

/** Gives a draft back to its author, with what is to change. */
export const refuse = warned(
  action(
    'broadcasts.refuse',
    schema.Returned,
    async (turn, { broadcast, revision, comment }, services: BroadcastServices) =>
      turn.update(
        await shown(
          unlessStale(await services.broadcasts.refuse(turn.person, broadcast, revision, comment), STALE),
          services,
        ),
      ),
    'staff',
  ),
);

export const openCorrection = action(
  'broadcasts.correction',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.findBroadcast(broadcast);
    turn.update(
      row.state === 'released'
        ? await correctionOrProgress(row, services)
        : await current(row, services, STALE),
    );
  },
  'staff',
);

/** What an act leaves: the correction that waits, or the sending, with a word. */
const asItStands = async (
  _turn: ActionTurn,
  { broadcast }: { readonly broadcast: string },
  services: BroadcastServices,
  word: string,
) => correctionOrProgress(await services.broadcasts.findBroadcast(broadcast), services, word);
const wordOf = (outcome: BroadcastOutcome, word: string) => (outcome.kind === 'stale' ? STALE : word);

export const accept = warned(
  action(
    'broadcasts.acceptCorrection',
    schema.Seen,
    redraws(
      (turn, { broadcast, revision }, { broadcasts }: BroadcastServices) =>
        broadcasts.accept(turn.person, broadcast, revision),
      asItStands,
      (outcome) => wordOf(outcome, 'La correction est approuvée. Les messages changent sur place.'),
    ),
    'staff',
  ),
);

export const giveBack = warned(
  action(
    'broadcasts.returnCorrection',
    schema.Returned,
    redraws(
      async (turn, { broadcast, revision, comment }, { broadcasts }: BroadcastServices) =>
        unlessStale(await broadcasts.giveBack(turn.person, broadcast, revision, comment), STALE),
      asItStands,
      (outcome) => wordOf(outcome, 'La personne qui l’a écrite en est informée.'),
    ),
    'staff',
  ),
);

export const drop = action(
  'broadcasts.dropCorrection',
  schema.Seen,
  redraws(
    (turn, { broadcast, revision }, { broadcasts }: BroadcastServices) =>
      broadcasts.dropCorrection(turn.person, broadcast, revision),
    asItStands,
    (outcome) => wordOf(outcome, 'La correction est abandonnée. L’avis reste tel qu’il a été approuvé.'),
  ),
  'staff',
);
