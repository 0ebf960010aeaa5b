import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Cents } from '../../../src/core/cards/amount.ts';
import { chosenOf, day, hour, several, toggle, whole } from '../../../src/core/cards/form.ts';
import { latinDigits, wholeOf } from '../../../src/core/text/digits.ts';

const SENTENCE = 'Une phrase.';
const told = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

test.each(['٢٠٢٦', '２０２６', '२०२६', '۲۰۲۶', '২০২৬', '𝟐𝟎𝟐𝟔'])('%s is 2026', (text) => {
  expect(latinDigits(text)).toBe('2026');
});

test.each([
  ['12', 12],
  ['1 000', 1_000],
  ['1\u202f000', 1_000],
  ['١٢', 12],
  ['1e3', undefined],
  ['-0', undefined],
  ['0x10', undefined],
  ['12,5', undefined],
  ['', undefined],
  ['9'.repeat(400), undefined],
])('the whole number of « %s » is %p', (text, number) => {
  expect(wholeOf(text)).toBe(number);
});

describe('a field for a number', () => {
  const months = whole(1, 36, SENTENCE);
  test.each(['24', 24, ' 24 ', '٢٤', '２４'])('reads %p', (sent) => {
    expect(months.parse(sent)).toBe(24);
  });
  test.each([
    undefined,
    null,
    '',
    '0',
    '37',
    24.5,
    -1,
    1e300,
    Infinity,
    NaN,
    '1e1',
    '9'.repeat(100_000),
    [],
    {},
  ])('tells its sentence for %p', (sent) => {
    expect(told(months, sent)).toBe(SENTENCE);
  });
});

describe('a field for a day', () => {
  test.each(['2026-11-02', ' 2026-11-02 ', '٢٠٢٦-١١-٠٢', '２０２６-11-02'])('reads %p', (sent) => {
    expect(day(SENTENCE).parse(sent)).toBe('2026-11-02');
  });
  test.each([undefined, null, '', '10000-01-01', '02/11/2026', 20_261_102, 'x'.repeat(100_000)])(
    'tells its sentence for %p',
    (sent) => {
      expect(told(day(SENTENCE), sent)).toBe(SENTENCE);
    },
  );
  test.each(['2026-02-30', '2026-13-01', '٢٠٢٦-٠٢-٣٠'])('tells that %p does not exist', (sent) => {
    expect(told(day(SENTENCE), sent)).toBe(`${SENTENCE} Cette date n’existe pas.`);
  });
  test.each(['0000-01-01', '0026-11-02', '2100-01-01'])('tells that the year of %s is a slip', (sent) => {
    expect(told(day(SENTENCE), sent)).toContain('année');
  });
});

describe('a field for an hour', () => {
  test('reads the digits of any script', () => {
    expect(hour(SENTENCE).parse('١٤:٣٠')).toBe('14:30');
  });
  test.each([
    ['9:00', '09:00'],
    ['14:30:00', '14:30'],
    ['9 h', '09:00'],
    ['09h30', '09:30'],
    ['14 h 05', '14:05'],
  ])('reads %p as people and clients write it', (sent, read) =>
    expect(hour(SENTENCE).parse(sent)).toBe(read),
  );
  test.each(['24:00', '25:61', '9:0', 'neuf heures', '', undefined])('tells its sentence for %p', (sent) => {
    expect(told(hour(SENTENCE), sent)).toBe(SENTENCE);
  });
});

describe('a field for an amount', () => {
  test.each(['9 600,50 $', '9600.5', '9\u202f600,50\u00a0$', '٩٦٠٠٫٥٠', '９６００,50'])(
    'reads %s',
    (sent) => {
      expect(Cents.parse(sent)).toBe(960_050);
    },
  );
  test.each(['14.938,00', '1,000', '1e9', '-5', '9999999999', '9'.repeat(400), '', undefined, null, {}])(
    'tells what to write for %p',
    (sent) => {
      expect(told(Cents, sent)).toContain('montant');
    },
  );
});

test('a choice of several may begin with a comma, as some clients send it', () => {
  expect(chosenOf(',courriel, sondage,')).toEqual(['courriel', 'sondage']);
  expect(several(z.enum(['courriel']), 2).parse(',courriel')).toEqual(['courriel']);
  expect(several(z.enum(['courriel']), 2).parse(',')).toEqual([]);
});

test('a switch that is absent is off', () => {
  expect([toggle.parse('true'), toggle.parse(undefined)]).toEqual([true, false]);
});
