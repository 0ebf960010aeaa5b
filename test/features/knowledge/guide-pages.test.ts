import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GUIDE_FOLDER, openGuide } from '../../../src/core/guide/index.ts';
import { htmlOf } from '../../../src/features/knowledge/guide-pages/markdown.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { alex } from '../../support/people.ts';

// The source of an answer leads to its passage: in the guide itself, when its edition says where it is read; else on a
// page of the assistant, for everybody, with its own words for it.

const teams = fakeTeams();
const AT = 'https://courtier.example.org/guide';

beforeEach(() => teams.install(alex));
afterEach(() => openGuide());

const read = (place: string): string => String(teams.services.house.read(place).body);
const written = (markdown: string): string =>
  htmlOf(markdown)
    .map(({ html }) => html)
    .join('');

/** The places that sources lead to, by their entry. */
const places = () => {
  const contents = read('');
  return [...contents.matchAll(/href="\/guide\/([^"#]+)#([^"]+)"/g)].map(([, place = '', id = '']) => ({
    place,
    id,
  }));
};

describe('the source of an answer', () => {
  test('is a link to the passage where the assistant has an address', async () => {
    openGuide(GUIDE_FOLDER, AT);
    const { json } = await teams.asks(alex, 'Quelle est la durée maximale d’un contrat ?');
    expect(JSON.stringify(json)).toContain(`(${AT}/faq-9#duree-contrat)`);
    expect(read('faq-9')).toContain('id="duree-contrat"');
  });

  test('is words, without an address', async () => {
    const { json } = await teams.asks(alex, 'Quelle est la durée maximale d’un contrat ?');
    expect(JSON.stringify(json)).not.toContain('/guide/');
  });
});

describe('the pages of the guide', () => {
  test('have every entry once, in the order of the guide, each where the contents say', () => {
    const all = places();
    expect(all).toHaveLength(teams.services.knowledge.base.content.entries.length);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { place, id } of all) expect(read(place)).toContain(`<h2 id="${id}">`);
  });

  test('show words, never Markdown, and say their section, their page and their edition', () => {
    for (const place of new Set(places().map((each) => each.place))) {
      const page = read(place).replaceAll('\u00a0', ' ');
      expect(page).not.toMatch(/\*\*|\{\{|\]\(|<p>(?:- |\d+\. )/);
      expect(page).toContain('Source : ');
    }
    expect(read('3.4.3').replaceAll('\u00a0', ' ')).toContain('section 3.4.3 (édition du 1er juin 2018)');
  });

  test.each(['9.9', '..', 'faq-99', '__proto__', 'def: offre'])('have nothing at « %s »', (place) => {
    expect(() => read(place)).toThrow('introuvable');
  });

  test('say that the guide prevails', () => {
    expect(read('4.12')).toContain('Le guide fait foi');
  });
});

test('what is Markdown in an answer is HTML on its page, and the rest is text', () => {
  expect(written('Un **mot** <b>.\n\n- un\n- deux\n  suite\n\n1. a\n2. b')).toBe(
    '<p>Un <strong>mot</strong> &lt;b&gt;.</p><ul><li>un</li><li>deux suite</li></ul><ol><li>a</li><li>b</li></ol>',
  );
  expect(written('Voir [ici](https://a.example/x) ou [là](javascript:x).')).toBe(
    '<p>Voir <a href="https://a.example/x">ici</a> ou [là](javascript:x).</p>',
  );
});

test('no page mixes straight apostrophes with curly ones', () => {
  for (const { place } of places()) expect(read(place)).not.toContain('&#39;');
  expect(read('faq-9')).toContain('’');
});
