import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { likeness, nameKeyOf, nearest } from '../../../../src/features/people/organizations/rules/names.ts';

const named = (...names: string[]) => names.map((name) => ({ name, key: nameKeyOf(name) }));
const near = (typed: string, ...names: string[]) =>
  nearest(nameKeyOf(typed), named(...names), 5).map(({ name }) => name);

describe('the key of a name', () => {
  test('is the same however the name is typed', () => {
    expect(nameKeyOf(' Ministère de l’Énergie ')).toBe(nameKeyOf('MINISTERE DE L ENERGIE'));
  });

  test('tells names of any script apart', () => {
    const names = ['ᑲᑎᕕᒃ ᐃᓕᓴᕐᓂᓕᕆᓂᖅ', 'ᓄᓇᕕᒃ', '水利局', '林業局', 'Министерство леса', 'Министерство недр'];
    expect(new Set(names.map(nameKeyOf)).size).toBe(names.length);
  });

  test('of a name with two letters is never empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2 }), (name) => {
        fc.pre(/\p{L}{2}/u.test(name.normalize('NFC')));
        expect(nameKeyOf(name)).not.toBe('');
      }),
    );
  });
});

describe('a name is near another', () => {
  const ENERGY = "Ministère de l'Énergie et des Ressources naturelles";

  test.each([
    ['a slip', 'Ministère de l’Énegie et des Ressources naturelles'],
    ['words left out', 'Ministère de l’Énergie et des Ressources'],
    ['its acronym', 'MERN'],
  ])('by %s', (_what, typed) => {
    expect(near(typed, ENERGY, 'Ministère de la Culture')).toEqual([ENERGY]);
  });

  test.each([
    ['Ministère de l’Énergie', 'Ministère de la Culture'],
    ['Ville de Québec', 'Ville de Lévis'],
    ['Centre de services scolaire des Découvreurs', 'Centre de services scolaire des Navigateurs'],
    ['Cégep de Rimouski', 'Université de Rimouski'],
  ])('but « %s » is not « %s »', (typed, other) => {
    expect(near(typed, other)).toEqual([]);
  });

  test('whichever of the two is read first', () => {
    const words = fc.constantFrom('ministere', 'energie', 'ville', 'forets', 'culture', 'ressources');
    const key = fc.array(words, { minLength: 2, maxLength: 5 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(key, key, (one, other) => {
        expect(likeness(one, other)).toBeCloseTo(likeness(other, one));
      }),
    );
  });
});
