import { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { action, creating } from '../../../core/feature.ts';
import { comesBack, forgiving } from '../../../core/forgiving.ts';
import { redraws } from '../../../core/redraw.ts';
import type { MessageTurn, Person } from '../../../core/turn.ts';
import { PAGE, suppliersOf } from '../screens/parts.ts';
import * as schema from '../screens/schema.ts';
import type { ContractServices } from '../screens/services.ts';
import * as cards from './cards.ts';
import type { Comment } from './store.ts';

const ANSWERED = 'Quelqu’un a déjà répondu.';

/** The name of the supplier that a comment is about. */
export async function supplierOf(
  { supplierId }: Comment,
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

/** What a person wrote to the broker. */
export const requests = async (person: Person, { comments }: Pick<ContractServices, 'comments'>) =>
  (await comments.sentBy(person)).map(cards.sentRequest);

async function list(open: boolean, page: number, { comments }: ContractServices) {
  const { rows, total } = await comments.page(open, page, PAGE);
  return cards.commentsCard(rows, total, page, open);
}

export async function openComments(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await list(true, 1, services));
}

const ListPage = schema.Page.extend({ open: z.boolean() });

export const showComments = action(
  'contracts.comments',
  ListPage,
  async (turn, { open, page }, services: ContractServices) => turn.update(await list(open, page, services)),
  'staff',
);

/** The staff's card of a comment. */
export async function cardOf(id: string, services: ContractServices): Promise<Card> {
  const row = await services.comments.findComment(id);
  return cards.staffCommentCard(row, await supplierOf(row, services));
}

export const look = action(
  'contracts.lookComment',
  schema.CommentReference,
  async (turn, { comment }, services: ContractServices) => turn.update(await cardOf(comment, services)),
  'staff',
);

export const answer = forgiving(
  comesBack(schema.CommentReference, (_turn, { comment }, services: ContractServices) =>
    cardOf(comment, services),
  ),
  action(
    'contracts.answerComment',
    schema.Answer,
    redraws(
      (turn, { comment, revision, answer }, { comments }: ContractServices) =>
        comments.answer(turn.person, comment, revision, answer),
      async (_turn, _input, services: ContractServices, word, { row }) =>
        cards.staffCommentCard(row, await supplierOf(row, services), word),
      ({ kind }) => (kind === 'done' ? 'La réponse est envoyée.' : ANSWERED),
    ),
    'staff',
  ),
);
