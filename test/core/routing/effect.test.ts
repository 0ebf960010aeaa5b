import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Id } from '../../../src/core/id.ts';
import { effectId, effectOfPress, FORM_KEY } from '../../../src/core/routing/effect.ts';
import { alex, nadia } from '../../support/people.ts';

const press = {
  person: alex,
  conversationId: 'chat',
  cardActivityId: 'card-1',
  verb: 'contracts.addInvoice',
  data: { [FORM_KEY]: 'drawn-1', amount: '100', note: '' },
  occurrence: 'event-1',
};

describe('the id of what an event creates', () => {
  test('is a UUID that a table takes, whatever it is made of', () => {
    fc.assert(fc.property(fc.jsonValue(), (part) => Id.safeParse(effectId(part)).success));
  });

  test('does not depend on the order of the keys', () => {
    expect(effectId({ a: 1, b: 2 })).toBe(effectId({ b: 2, a: 1 }));
  });

  test('is the same for a form that is sent twice, under other ids and from another drawing of the conversation', () => {
    expect(effectOfPress({ ...press, occurrence: 'event-2', cardActivityId: undefined })).toBe(
      effectOfPress(press),
    );
  });

  test('is another for another content of the same form', () => {
    const other = { ...press, data: { ...press.data, amount: '200' } };
    expect(effectOfPress(other)).not.toBe(effectOfPress(press));
  });

  test('is another for another drawing, another person, another button', () => {
    const ids = [
      press,
      { ...press, data: { ...press.data, [FORM_KEY]: 'drawn-2' } },
      { ...press, person: nadia },
      { ...press, verb: 'contracts.comment' },
    ].map(effectOfPress);
    expect(new Set(ids).size).toBe(4);
  });

  test('follows from the card and its content where a form was drawn without a key', () => {
    const old = { ...press, data: { amount: '100' } };
    expect(effectOfPress({ ...old, occurrence: 'event-2' })).toBe(effectOfPress(old));
    expect(effectOfPress({ ...old, cardActivityId: 'card-2' })).not.toBe(effectOfPress(old));
  });

  test('follows from the event where nothing tells the card', () => {
    const bare = { ...press, data: {}, cardActivityId: undefined };
    expect(effectOfPress({ ...bare, occurrence: 'event-2' })).not.toBe(effectOfPress(bare));
  });
});
