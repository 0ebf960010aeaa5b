import { z } from 'zod';
import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { wrongField } from '../../../../core/cards/refused.ts';
import { warnsFirst } from '../../../../core/cards/warning-first.ts';
import { personKeyOf } from '../../../../core/people/person-key.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import type { Changed } from '../../../../core/rows/revised.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { isBefore } from '../../../../core/time/days.ts';
import type { ActionTurn, MessageTurn } from '../../../../core/turn.ts';
import { PAGE, suppliersOf } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { Comment } from '../store/records.ts';
import * as cards from './cards.ts';

const STALE = 'Quelqu’un vient d’agir. Voici où cela en est ; ce que vous avez écrit est encore là.';

/** The name of the supplier that a comment is about. */
export async function supplierOf(
  { supplierId }: Pick<Comment, 'supplierId'>,
  { catalogue }: Pick<ContractServices, 'catalogue'>,
) {
  return (await catalogue.current()).supplier(supplierId)?.supplier.name ?? supplierId;
}

export async function openComment(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(cards.commentCard(await suppliersOf(services)));
}

export const send = forgiving(
  comesBack(schema.Nothing, async (_turn, _known, services: ContractServices) =>
    cards.commentCard(await suppliersOf(services)),
  ),
  creating(
    'contracts.comment',
    {
      noun: ['commentaire', 'commentaires'],
      person: 60,
      body: 300,
      tenant: 6_000,
      why: 'Each is read by a person; a body writes some in a month, three hundred bodies twenty each in a day stay within.',
      told: { apart: 5, command: 'commentaires' },
    },
    schema.Comment,
    redraws(
      (turn, words, { comments }: ContractServices) => comments.send(turn.person, words, turn.effect),
      async (_turn, _input, services: ContractServices, _word, row) =>
        cards.sentCard(row, await supplierOf(row, services), await services.comments.usualDelay()),
    ),
  ),
);

async function list(open: boolean, page: number, supplier: string, services: ContractServices) {
  const found = await services.comments.page(open, page, PAGE, supplier);
  const name = supplier === '' ? '' : await supplierOf({ supplierId: supplier }, services);
  return cards.commentsCard(found, open, supplier, name);
}

export async function openComments(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await list(true, 1, '', services));
}

export const showComments = action(
  'contracts.comments',
  schema.Comments,
  draws((_turn, { open, page, supplier }, services: ContractServices) =>
    list(open, page, supplier, services),
  ),
  'staff',
);

/** A comment as the staff see it now, with a word, and with what was typed. */
export async function staffCard(
  row: Comment,
  services: ContractServices,
  word = '',
  typed: Parameters<typeof cards.staffCommentCard>[3] = {},
): Promise<Card> {
  const { belonging, comments, house, timeZone, days } = services;
  const bodies = row.objectId === '' ? new Map() : await belonging.bodyNames([row]);
  const view = {
    supplier: await supplierOf(row, services),
    words: await comments.thread(row),
    holder: (await house.holdersOf('comment', [row.id])).get(row.id)?.name ?? '',
    body: bodies.get(personKeyOf(row)) ?? '',
    timeZone,
    days,
  };
  return cards.staffCommentCard(row, view, word, typed);
}

/** The staff's card of a comment. */
export const cardOf = async (id: string, services: ContractServices): Promise<Card> =>
  staffCard(await services.comments.findComment(id), services);

export const look = action(
  'contracts.lookComment',
  schema.CommentReference,
  draws((_turn, { comment }, services: ContractServices) => cardOf(comment, services)),
  'staff',
);

/** What was typed into the forms of the card. */
const Typed = z.object({ answer: z.string().default(''), lastAnswer: z.string().default('') });

/** What a colleague has in hand is asked about first, and nothing that was typed is lost. */
const warned = warnsFirst(
  schema.CommentReference,
  ({ comment }) => ({ kind: 'comment', id: comment }),
  (_turn, { comment }, services: ContractServices) => cardOf(comment, services),
);

/** A step of the staff. */
const step = <I extends z.ZodType>(
  verb: string,
  input: I,
  act: (turn: ActionTurn, input: z.output<I>, services: ContractServices) => Promise<Changed<Comment>>,
  done: string,
) =>
  warned(
    action(
      verb,
      input,
      redraws(
        act,
        (_turn, sent, services, word, { kind, row }) =>
          staffCard(row, services, word, kind === 'stale' ? Typed.parse(sent) : {}),
        ({ kind }) => (kind === 'done' ? done : STALE),
      ),
      'staff',
    ),
  );

export const answer = step(
  'contracts.answerComment',
  schema.Answer,
  (turn, { comment, revision, answer }, { comments }) =>
    comments.answer(turn.person, comment, revision, answer),
  'La réponse est envoyée.',
);

export const close = step(
  'contracts.closeComment',
  schema.Closing,
  (turn, { comment, revision, closing, lastAnswer }, { comments }) =>
    comments.close(turn.person, comment, revision, closing, lastAnswer),
  'C’est fermé. La personne est avisée.',
);

export const reopen = step(
  'contracts.reopenComment',
  schema.CommentStep,
  (turn, { comment, revision }, { comments }) => comments.reopen(turn.person, comment, revision),
  'C’est rouvert. La personne est avisée.',
);

export const setDue = step(
  'contracts.commentDue',
  schema.CommentDue,
  async (turn, { comment, revision, due }, { comments, clock }) => {
    const on = Temporal.PlainDate.from(due);
    if (isBefore(on, brokerDate(clock.now()))) throw wrongField('due', 'Choisissez un jour à venir.');
    return comments.setDue(turn.person, comment, revision, on);
  },
  'C’est noté.',
);
