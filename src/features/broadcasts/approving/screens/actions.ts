import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/feature.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { type BroadcastServices, current, progress, shown, whomOf } from '../../screens/actions.ts';
import * as schema from '../../screens/schema.ts';
import type { Broadcast, Outcome } from '../../store/records.ts';
import { wordsOf } from '../rules/approval.ts';
import * as cards from './cards.ts';

/** The correction that waits, as it stands; the sending where none does. */
export async function correctionOrProgress(broadcast: Broadcast, services: BroadcastServices, notice = '') {
  const { broadcasts } = services;
  const held = broadcast.state === 'released' ? await broadcasts.correctionOf(broadcast.id) : undefined;
  if (!held) return progress(broadcast, services, notice);
  const review = await broadcasts.lastReview(broadcast.id, { ...broadcast, ...wordsOf(held) });
  return cards.correctionCard(broadcast, held, review, await whomOf(broadcast, services), notice);
}

/** What a person reads of the decision on what they wrote; undefined once it is past. */
export async function decision(broadcast: Broadcast, revision: number, services: BroadcastServices) {
  if (broadcast.revision !== revision) return undefined;
  if (broadcast.state === 'draft') return current(broadcast, services);
  return correctionOrProgress(broadcast, services, 'Approuvé par une autre personne de l’équipe.');
}

/** Other words for what was sent: at once, or once somebody else approved them. */
export const correct = action(
  'broadcasts.correctText',
  schema.Draft,
  async (turn, draft, services: BroadcastServices) => {
    const outcome = await services.broadcasts.correct(turn.person, draft);
    turn.update(
      outcome.kind === 'done' && services.broadcasts.needsApproval
        ? await correctionOrProgress(outcome.broadcast, services)
        : await shown(outcome, services),
    );
  },
  'staff',
);

/** Gives a draft back to its author, with what is to change. */
export const refuse = action(
  'broadcasts.refuse',
  schema.Returned,
  async (turn, { broadcast, revision, comment }, services: BroadcastServices) =>
    turn.update(
      await shown(await services.broadcasts.refuse(turn.person, broadcast, revision, comment), services),
    ),
  'staff',
);

export const openCorrection = action(
  'broadcasts.correction',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) => {
    const row = await services.broadcasts.findBroadcast(broadcast);
    if (row.state !== 'released') throw notFound();
    turn.update(await correctionOrProgress(row, services));
  },
  'staff',
);

const STALE = 'Cet avis a changé entre-temps. Voici ce qu’il en est maintenant.';

async function after(turn: ActionTurn, outcome: Outcome, word: string, services: BroadcastServices) {
  const row = await services.broadcasts.findBroadcast(outcome.broadcast.id);
  turn.update(await correctionOrProgress(row, services, outcome.kind === 'stale' ? STALE : word));
}

export const accept = action(
  'broadcasts.acceptCorrection',
  schema.Seen,
  async (turn, { broadcast, revision }, services: BroadcastServices) =>
    after(
      turn,
      await services.broadcasts.accept(turn.person, broadcast, revision),
      'La correction est approuvée. Les messages changent sur place.',
      services,
    ),
  'staff',
);

export const giveBack = action(
  'broadcasts.returnCorrection',
  schema.Returned,
  async (turn, { broadcast, revision, comment }, services: BroadcastServices) =>
    after(
      turn,
      await services.broadcasts.giveBack(turn.person, broadcast, revision, comment),
      'La personne qui l’a écrite en est informée.',
      services,
    ),
  'staff',
);

export const drop = action(
  'broadcasts.dropCorrection',
  schema.Seen,
  async (turn, { broadcast, revision }, services: BroadcastServices) =>
    after(
      turn,
      await services.broadcasts.dropCorrection(turn.person, broadcast, revision),
      'La correction est abandonnée. L’avis reste tel qu’il a été approuvé.',
      services,
    ),
  'staff',
);
