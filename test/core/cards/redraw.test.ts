import { expect, test } from '@jest/globals';
import type { Card } from '../../../src/core/card.ts';
import { type Draw, draws, redraws } from '../../../src/core/cards/redraw.ts';
import type { ActionTurn } from '../../../src/core/turn.ts';
import { alex, personalChat } from '../../support/people.ts';

interface Shelf {
  readonly books: string[];
}

const shelfCard: Draw<Shelf, { readonly book?: string }> = (_turn, _input, { books }, word) => ({
  template: 'test/shelf',
  view: { books: books.join(), word },
  summary: word,
});
const add = async (_turn: ActionTurn, { book }: { book: string }, { books }: Shelf) => {
  if (book === '') throw new Error('refused');
  return books.push(book);
};

/** A turn, and the cards that replaced the pressed one. */
function pressed() {
  const drawn: Card['view'][] = [];
  const turn: ActionTurn = {
    person: alex,
    conversation: personalChat(alex),
    effect: 'effect',
    cardActivityId: undefined,
    update: ({ view }) => void drawn.push(view),
    notify: () => {},
    reply: async () => '',
    revise: async () => {},
  };
  return { turn, drawn };
}

test('a card is drawn as things stand', async () => {
  const { turn, drawn } = pressed();
  await draws(shelfCard)(turn, {}, { books: ['a'] });
  expect(drawn).toEqual([{ books: 'a', word: '' }]);
});

test('what was done is seen on the card, with its word', async () => {
  const { turn, drawn } = pressed();
  await redraws(add, shelfCard, 'C’est noté.')(turn, { book: 'b' }, { books: ['a'] });
  expect(drawn).toEqual([{ books: 'a,b', word: 'C’est noté.' }]);
});

test('the word may tell what became of it', async () => {
  const { turn, drawn } = pressed();
  const handle = redraws(add, shelfCard, (count, { book }) => `${book} : ${count}`);
  await handle(turn, { book: 'b' }, { books: ['a'] });
  expect(drawn).toEqual([{ books: 'a,b', word: 'b : 2' }]);
});

test('what is refused leaves the card, with what was typed in it', async () => {
  const { turn, drawn } = pressed();
  await expect(redraws(add, shelfCard, 'C’est noté.')(turn, { book: '' }, { books: [] })).rejects.toThrow(
    'refused',
  );
  expect(drawn).toEqual([]);
});
