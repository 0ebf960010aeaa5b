import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import type { MessageTurn, Person } from '../../../../core/turn.ts';
import { PAGE } from '../../screens/parts.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import type { Comment } from '../store/records.ts';
import { ownCommentCard, ownCommentsCard, sentRequest } from './cards.ts';

/** A comment as whoever wrote it sees it. */
export const ownCardOf = async (row: Comment, { comments, timeZone }: ContractServices, notice = '') =>
  ownCommentCard(row, await comments.thread(row), timeZone, notice);

async function mine(person: Person, comment: string, services: ContractServices, word = ''): Promise<Card> {
  return ownCardOf(await services.comments.ownComment(person, comment), services, word);
}

const pageOf = async (person: Person, page: number, { comments }: ContractServices) =>
  ownCommentsCard(await comments.ownPage(person, page, PAGE));

/** `mes messages`: what one wrote to the broker, and what was answered. */
export async function openMine(turn: MessageTurn, services: ContractServices): Promise<void> {
  await turn.reply(await pageOf(turn.person, 1, services));
}

export const showMine = action(
  'contracts.myComments',
  schema.Page,
  draws((turn, { page }, services: ContractServices) => pageOf(turn.person, page, services)),
);

export const lookMine = action(
  'contracts.myComment',
  schema.CommentReference,
  draws((turn, { comment }, services: ContractServices) => mine(turn.person, comment, services)),
);

/** One more word: what was closed is open again. */
export const add = forgiving(
  comesBack(schema.CommentReference, (turn, { comment }, services: ContractServices) =>
    mine(turn.person, comment, services),
  ),
  creating(
    'contracts.addWord',
    {
      noun: ['mot ajouté', 'mots ajoutés'],
      person: 60,
      body: 300,
      tenant: 6_000,
      why: 'Each is read by a person, as the comments that they follow are.',
      told: { apart: 5, command: 'commentaires' },
    },
    schema.Added,
    redraws(
      (turn, { comment, word }, { comments }: ContractServices) =>
        comments.add(turn.person, comment, word, turn.effect),
      (_turn, _input, services: ContractServices, word, row) => ownCardOf(row, services, word),
      'Votre mot est transmis au Courtier.',
    ),
  ),
);

/** What a person wrote to the broker. */
export const requests = async (person: Person, { comments }: Pick<ContractServices, 'comments'>) =>
  (await comments.sentBy(person)).map(sentRequest);
