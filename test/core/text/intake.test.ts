import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanData, cleanForm, cleanLine, cleanText } from '../../../src/core/text/intake.ts';

describe('a text that somebody typed', () => {
  test.each([
    ['NUL and other controls', 'a\u0000b\u0007c\u001b[0m\u007f', 'abc[0m'],
    ['zero-width characters', 'cata\u200b\u2060\ufefflogue\u00ad', 'catalogue'],
    ['bidirectional marks', '\u202eabc\u202c \u2066d\u2069 \u200ee\u061c', 'abc d e'],
    ['noncharacters', 'a\ufffe\uffff\u{1fffe}\ufdd0b', 'ab'],
    ['halves of pairs', 'a\ud83d b\ude00', 'a b'],
    ['letters that hide in tags', 'ab\u{e0041}\u{e007f}', 'ab'],
    ['letters that nobody sees', 'a\u3164\u115f\u034fb', 'ab'],
    ['variants of what has none', 'a\ufe0f\u{e0100}b', 'ab'],
    ['joiners that join nothing', 'a\u200d\u200cb \u200d', 'ab '],
  ])('is kept without %s', (_what, typed, kept) => {
    expect(cleanText(typed)).toBe(kept);
  });

  test.each([
    '👩‍💻',
    '👨‍👩‍👧‍👦',
    '🏳️‍🌈',
    '👍🏽',
    '🧑🏿‍🚀',
    '❤️',
    '1️⃣',
    '🇨🇦',
    'می‌خواهم',
    'क्‍ष',
    '14 938,00 $',
    '« ça »',
  ])('keeps %s as it is', (typed) => {
    expect(cleanText(typed)).toBe(typed.normalize('NFC'));
  });

  test.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
    'has one kind of line break, whatever the client sends (%j)',
    (lineBreak) => {
      expect(cleanText(`un${lineBreak}deux`)).toBe('un\ndeux');
    },
  );

  test('has at most one empty line in a row, and spaces for tabs', () => {
    expect(cleanText('a\n\n\n\n\nb\tc')).toBe('a\n\nb c');
  });

  test('is composed, so that two ways of writing an accent are one', () => {
    expect(cleanText('e\u0301')).toBe('é');
  });

  test.each([
    ['of full width', 'Ｃａｔａｌｏｇｕｅ\u3000２０２６：９６００，５０＄', 'Catalogue 2026:9600,50$'],
    ['joined in one', 'ﬁche conﬂit eﬃcace', 'fiche conflit efficace'],
    ['in bold of mathematics', '𝐜𝐚𝐭𝐚𝐥𝐨𝐠𝐮𝐞 𝟚𝟘𝟚𝟞', 'catalogue 2026'],
  ])('has ordinary letters for those %s', (_what, typed, kept) => {
    expect(cleanText(typed)).toBe(kept);
  });

  test('keeps the signs that would become another number', () => {
    expect(cleanText('10 m² ½ n° ①')).toBe('10 m² ½ n° ①');
  });

  test('carries no tower of accents', () => {
    expect(cleanText(`a${'\u0301'.repeat(500)}b`).length).toBeLessThan(12);
  });

  test('is cut first', () => {
    expect(cleanText('a'.repeat(50), 10)).toBe('a'.repeat(10));
    expect(cleanText(`${'a'.repeat(9)}😀`, 10)).toBe('a'.repeat(9));
  });

  test('is never longer than its limit, though a sign becomes several letters', () => {
    expect(cleanText('ﬃ'.repeat(10), 10)).toBe('ffiffiffif');
    expect(cleanText(`ﬃ${'a'.repeat(6)}😀`, 9)).toBe('ffiaaaaaa');
    expect(cleanText(`ﬃ${'a'.repeat(5)}😀`, 9)).toBe('ffiaaaaa');
  });

  test('stays the same when it is cleaned again, and can be written in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const once = cleanText(typed);
        return once.isWellFormed() && !once.includes('\0') && cleanText(once) === once;
      }),
    );
  });
});

test('a name is one line with single spaces', () => {
  expect(cleanLine(' Zoé\u00a0 \n\tAdam\u202e ')).toBe('Zoé Adam');
});

test('submitted data are cleaned at every level, and what is too deep is left out', () => {
  expect(cleanData({ a: 'x\0', b: ['y\u200b'], c: { d: 'z\r\n' }, n: 1, o: true, p: null })).toEqual({
    a: 'x',
    b: ['y'],
    c: { d: 'z\n' },
    n: 1,
    o: true,
    p: null,
  });
  let deep: unknown = 'x';
  for (let level = 0; level < 10_000; level++) deep = [deep];
  expect(JSON.stringify(cleanData(deep)).length).toBeLessThan(100);
});

test('a page’s form is cleaned, a field that comes twice too', () => {
  const form = cleanForm(new URLSearchParams('a=x%00&a=y%E2%80%8B&b=1%0D%0A2'));
  expect([...form]).toEqual([
    ['a', 'x'],
    ['a', 'y'],
    ['b', '1\n2'],
  ]);
});
