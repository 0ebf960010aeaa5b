import { describe, expect, test } from '@jest/globals';
import { escapeMarkdown, ofName, shorten, typeset } from '../../../src/core/text/text.ts';

describe('words that somebody typed, in a card', () => {
  test('have each line apart, since Teams shows no single line break', () => {
    expect(escapeMarkdown('Un\nDeux\r\n\r\n\r\nTrois')).toBe('Un\n\nDeux\n\nTrois');
  });

  test.each([
    ['- tiret', '\\- tiret'],
    ['  - tiret en retrait', '\u00a0\u00a0\\- tiret en retrait'],
    ['+ plus', '\\+ plus'],
    ['* étoile', '\\* étoile'],
    ['---', '\\---'],
    ['1. premier', '1\\. premier'],
    ['12) douzième', '12\\) douzième'],
    ['# titre', '\\# titre'],
    ['> citation', '&gt; citation'],
    ['    code', '\u00a0\u00a0\u00a0\u00a0code'],
  ])('%s begins no list, title, quotation or code', (typed, shown) => {
    expect(escapeMarkdown(typed)).toBe(shown);
    expect(escapeMarkdown(`avant\n${typed}`)).toBe(`avant\n\n${shown}`);
  });

  test.each([
    ['[ici](https://mechant.example)', '\\[ici\\]\\(https\\://mechant\\.example\\)'],
    ['https://mechant.example/a', 'https\\://mechant\\.example/a'],
    ['www.mechant.example', 'www\\.mechant\\.example'],
    ['<https://mechant.example>', '&lt;https\\://mechant\\.example&gt;'],
    ['moi@mechant.example', 'moi\\@mechant\\.example'],
    ['![x](y)', '\\!\\[x\\]\\(y\\)'],
  ])('%s becomes no link and no picture', (typed, shown) => {
    expect(escapeMarkdown(typed)).toBe(shown);
  });

  test.each([
    ['<at>Nadia</at>', '&lt;at&gt;Nadia&lt;/at&gt;'],
    [':smile:', '\\:smile:'],
    ['&lt;at&gt;', '&amp;lt;at&amp;gt;'],
    ['**gras** `code`', '\\*\\*gras\\*\\* \\`code\\`'],
  ])('%s becomes no mention, no emoji and no other sign', (typed, shown) => {
    expect(escapeMarkdown(typed)).toBe(shown);
  });

  test.each(['14:30, à 3,5 % de 12.50 $', 'R&D et vous ?', 'Zoé a dit : « oui »', '👩‍💻 – fin. Début'])(
    '%s is left as it is',
    (typed) => {
      expect(escapeMarkdown(typed)).toBe(typed);
    },
  );
});

test('a text is never cut in the middle of a character', () => {
  expect(shorten('aaaa😀😀', 6)).toBe('aaaa…');
  expect(shorten(`aaa👩‍💻bbb`, 7)).toBe('aaa👩…');
});

test.each([
  ["l'offre", 'l’offre'],
  ["l'**offre**", 'l’**offre**'],
  ["d'[offres](https://example.org)", 'd’[offres](https://example.org)'],
  ["d'« offres »", 'd’«\u00a0offres\u00a0»'],
])('an apostrophe is typographic, also before what is bold, linked or quoted: %s', (written, shown) => {
  expect(typeset(written)).toBe(shown);
});

test.each([
  ['Bleuet inc.', 'de Bleuet inc.'],
  ['airelle inc.', 'd’airelle inc.'],
  ['Érable numérique', 'd’Érable numérique'],
  ['Œuvre', 'd’Œuvre'],
  ['Hydro-Nuage', 'd’Hydro-Nuage'],
  ['Hauteur', 'de Hauteur'],
  ['Yukon', 'de Yukon'],
  ['Ypsilon', 'd’Ypsilon'],
  ['3e Rive', 'de 3e Rive'],
  ['', 'de '],
])('« %s » is said « %s » after what belongs to it', (name, said) => {
  expect(ofName(name)).toBe(said);
});
