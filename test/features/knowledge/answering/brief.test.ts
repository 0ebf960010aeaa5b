import { expect, test } from '@jest/globals';
import { briefOf } from '../../../../src/features/knowledge/answering/brief.ts';
import { readContent } from '../../../../src/features/knowledge/index.ts';

const LONG = 'Une phrase de plus, assez longue pour ne pas tenir avec les autres sur trois lignes. '.repeat(
  6,
);

test('a short answer stays whole', () => {
  expect(briefOf(undefined, 'Trois ans au plus.')).toEqual({ brief: ['Trois ans au plus.'], details: [] });
});

test('below a lead, what makes it precise first is shown where it is short; the rest is folded', () => {
  expect(briefOf('Non : 30 unités au plus.', `Par offre et par organisme. ${LONG}`).brief[0]).toMatch(
    /^Par offre et par organisme\./,
  );
  const list = `- ${LONG}`;
  for (const answer of [`Voici comment :\n\n${list}`, list, LONG.replaceAll('. ', ', ')])
    expect(briefOf('Non : 30 unités au plus.', answer)).toEqual({ brief: [], details: answer.split('\n\n') });
});

test('a long paragraph is cut at a sentence, never within bold words', () => {
  const { brief, details } = briefOf(undefined, `**Par avenant. Toujours.** Le Courtier le prépare. ${LONG}`);
  expect(brief[0]).toMatch(/^\*\*Par avenant\. Toujours\.\*\* Le Courtier le prépare\. Une phrase/);
  expect([brief[0], ...details].join(' ')).toBe(`**Par avenant. Toujours.** Le Courtier le prépare. ${LONG}`);
});

test('a long list is told by what its lines are about', () => {
  const { brief, details } = briefOf(
    undefined,
    `Deux avantages :\n\n- **Sécurité** : ${LONG}\n- **Achat simple** : ${LONG}`,
  );
  expect(brief).toEqual(['Deux avantages :', 'Sécurité · Achat simple']);
  expect(details).toHaveLength(1);
});

test('a long list without titles leaves no sentence that ends with a colon', () => {
  const list = `- ${LONG}\n- ${LONG}`;
  expect(briefOf(undefined, `Elle est obligatoire. Les étapes :\n\n${list}`)).toEqual({
    brief: ['Elle est obligatoire.'],
    details: ['Les étapes :', list],
  });
  expect(briefOf(undefined, `Les étapes :\n\n${list}`).brief).toEqual(['Les étapes…']);
});

/** Five lines of a card as wide as Teams draws it. */
const MOST = 420;

test('each answer of the guide is short at first, and nothing of it is lost', () => {
  const bare = (text: string) => text.replace(/\s+/g, '');
  for (const { id, answer } of readContent().content.entries) {
    const { brief, details } = briefOf(undefined, answer);
    expect([id, brief.join('').length <= MOST]).toEqual([id, true]);
    for (const line of answer.trim().split('\n'))
      expect(bare([...brief, ...details].join(''))).toContain(bare(line.slice(-40)));
  }
});
