import type { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import { shorten } from '../../../../core/text/text.ts';
import { wordsOf } from '../../approving/rules/approval.ts';
import { audience, type BroadcastServices, current, STALE, shown } from '../../screens/current.ts';
import * as schema from '../../screens/schema.ts';
import type { Broadcast } from '../../store/records.ts';
import { plainText } from '../rules/content.ts';
import { composeCard, copyCard } from './compose-card.ts';

export const compose = action(
  'broadcasts.compose',
  schema.Nothing,
  async (turn) => turn.update(composeCard(undefined)),
  'staff',
);

/** The form of a new notice, filled with the words of another. */
export const duplicate = action(
  'broadcasts.duplicate',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) =>
    turn.update(copyCard(await services.broadcasts.findBroadcast(broadcast))),
  'staff',
);

/** What is written now, said where it is no more what a form was drawn from. */
const writtenNow = ({ revision, title, text }: Broadcast, seen: number | undefined): string =>
  seen === undefined || seen === revision
    ? ''
    : `Ce qui est enregistré : « ${title} ». ${shorten(plainText(text), 600)}`;

/** The words of a notice as they stand: those of the correction that waits, where there is one. */
export async function standingWords(row: Broadcast, { broadcasts }: BroadcastServices): Promise<Broadcast> {
  const held = row.state === 'released' ? await broadcasts.correctionOf(row.id) : undefined;
  return { ...row, ...(held && wordsOf(held)) };
}

/** The form of a draft, or of a correction; a notice in another state as it stands. `seen` is what a form was drawn from. */
export async function wordsForm(row: Broadcast, services: BroadcastServices, seen?: number): Promise<Card> {
  if (row.state !== 'draft' && row.state !== 'released') return current(row, services, STALE);
  const words = await standingWords(row, services);
  const approved = 'Une autre personne de l’équipe approuvera la correction avant qu’elle parte.';
  const asks = row.state === 'released' && services.broadcasts.needsApproval;
  const notices = [writtenNow(words, seen), asks ? approved : ''];
  return composeCard(words, notices.filter(Boolean).join(' '));
}

export const edit = action(
  'broadcasts.edit',
  schema.Reference,
  async (turn, { broadcast }, services: BroadcastServices) =>
    turn.update(await wordsForm(await services.broadcasts.findBroadcast(broadcast), services)),
  'staff',
);

/** The form of a draft as it stands; the notice itself, where it is a draft no more. */
async function drafted(
  { broadcast, revision }: z.output<typeof schema.Drafted>,
  services: BroadcastServices,
) {
  if (broadcast === undefined) return composeCard(undefined);
  const row = await services.broadcasts.findBroadcast(broadcast);
  return row.state === 'draft' ? wordsForm(row, services, revision) : current(row, services);
}

export const save = forgiving(
  comesBack(schema.Drafted, (_turn, known, services: BroadcastServices) => drafted(known, services)),
  creating(
    'broadcasts.save',
    {
      noun: ['avis', 'avis'],
      person: 100,
      body: 500,
      tenant: 1_000,
      why: 'The staff write some notices in a day.',
    },
    schema.Draft,
    async (turn, draft, services: BroadcastServices) => {
      const outcome = await services.broadcasts.save(turn.person, draft, turn.effect);
      const { title, text } = outcome.broadcast;
      // The same words sent again lose nothing; others come back beside those that are there now.
      if (draft.title !== title || draft.text !== text) unlessStale(outcome, STALE);
      turn.update(
        outcome.kind === 'done' && outcome.broadcast.state === 'draft'
          ? await audience(outcome.broadcast, services)
          : await shown(outcome, services),
      );
    },
    'staff',
  ),
);
