import type { Card } from '../../../../core/card.ts';
import { comesBack, forgiving, unlessStale } from '../../../../core/cards/forgiving.ts';
import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { notFound } from '../../../../core/errors.ts';
import { action } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import * as schema from '../../screens/schema.ts';
import type { WrittenComment } from '../store/result-comments.ts';
import type { ScoredYear } from '../store/result-scores.ts';
import { commentsOf, entitled, nameOf, type ResultServices, readable } from './actions.ts';
import { redactionCard } from './comment-cards.ts';

const CHANGED =
  'Quelqu’un a choisi autre chose entre-temps : voyez ce que le fournisseur lit, puis recommencez.';

type Wanted = ScoredYear & { readonly comment: string; readonly page: number };

/** A comment that somebody may read. */
async function commentOf(
  { person }: Pick<ActionTurn, 'person'>,
  { supplier, year, comment }: Wanted,
  services: ResultServices,
): Promise<WrittenComment> {
  const standing = { supplier, year };
  const all = await entitled(person, services);
  const criteria = await readable(standing, all, services);
  const { rows } = await services.results.commentsPage(standing, criteria, 1, 1, all, comment);
  const [row] = rows;
  if (!row) throw notFound();
  return row;
}

async function redactionOf(turn: ActionTurn, wanted: Wanted, services: ResultServices): Promise<Card> {
  const row = await commentOf(turn, wanted, services);
  return redactionCard(wanted, await nameOf(wanted.supplier, services), row, wanted.page, services.forms);
}

export const openComment = action('evaluations.openComment', schema.OneComment, draws(redactionOf), 'staff');

/** Puts words in the place of a comment that somebody may read, unless another did since. */
async function put(
  turn: ActionTurn,
  wanted: Wanted & { readonly seen: number },
  words: string | null,
  services: ResultServices,
): Promise<void> {
  const { mark } = await commentOf(turn, wanted, services);
  const { supplier, year, seen } = wanted;
  unlessStale(await services.results.redact(turn.person, { supplier, year }, mark, words, seen), CHANGED);
}

const form = comesBack(schema.OneComment, redactionOf);
const list = (turn: ActionTurn, { supplier, year, page }: Wanted, services: ResultServices, word: string) =>
  commentsOf(turn, { supplier, year, page }, services, word);

const WORD = {
  words: 'Le fournisseur lira vos mots.',
  hide: 'Le commentaire est retiré de la fiche.',
  restore: 'Le fournisseur lira le commentaire tel qu’il a été écrit.',
} as const;

export const redact = forgiving(
  form,
  action(
    'evaluations.redact',
    schema.Redaction,
    redraws(
      (turn, { how, words, ...wanted }, services: ResultServices) =>
        put(turn, wanted, { words, hide: '', restore: null }[how], services),
      list,
      (_done, { how }) => WORD[how],
    ),
    'staff',
  ),
);
