import { expect, test } from '@jest/globals';
import {
  judge,
  type KnownQuestion,
  moved,
  type Verdict,
} from '../../../../src/features/knowledge/improving/rules/judging.ts';
import type { SearchResult } from '../../../../src/features/knowledge/search/index.ts';

const known = (expected: readonly string[]): KnownQuestion => ({
  text: 'Quelle est la durée du prêt de la brouette ?',
  expect: expected,
  from: 'kept',
});
const references = new Map([['duree', 'FAQ 9']]);
const levelOf = (outcome: SearchResult['outcome'], ids: readonly string[], expected: readonly string[]) =>
  judge({ search: () => ({ outcome, hits: ids.map((id) => ({ id, score: 0.5 })) }) }, known(expected), (id) =>
    references.get(id),
  ).level;

test.each([
  ['the answer, by its reference', 'answer', ['duree', 'frais'], ['FAQ 9'], 3],
  ['the answer, by its id', 'answer', ['duree'], ['duree'], 3],
  ['a choice that has it', 'choice', ['frais', 'duree'], ['FAQ 9'], 2],
  ['a choice that has it too far down', 'choice', ['a', 'b', 'c', 'duree'], ['FAQ 9'], 0],
  ['a refusal though there is an answer', 'none', ['duree'], ['FAQ 9'], 1],
  ['another answer', 'answer', ['frais', 'duree'], ['FAQ 9'], 0],
  ['a refusal of what is out of scope', 'none', ['duree'], [], 3],
  ['a choice for what is out of scope', 'choice', ['duree'], [], 1],
  ['an answer to what is out of scope', 'answer', ['duree'], [], 0],
] as const)('%s is worth its level', (_what, outcome, ids, expected, level) => {
  expect(levelOf(outcome, ids, expected)).toBe(level);
});

test('small talk is declined, whatever the index would say', () => {
  const index = { search: () => ({ outcome: 'answer' as const, hits: [{ id: 'duree', score: 1 }] }) };
  expect(judge(index, { ...known([]), text: 'bonjour' }, () => undefined)).toEqual({
    level: 3,
    outcome: 'none',
    first: undefined,
  });
});

const verdict = (level: Verdict['level'], first?: string): Verdict => ({
  level,
  outcome: first ? 'answer' : 'none',
  first,
});
test.each([
  ['better', verdict(1), verdict(3, 'duree')],
  ['worse', verdict(3, 'duree'), verdict(0, 'frais')],
  ['moved', verdict(0, 'frais'), verdict(0, 'essai')],
])('what is %s is told from the rest', (how, before, after) => {
  expect(moved(known(['duree']), before, after)?.how).toBe(how);
});

test('what is answered as before is not told', () => {
  expect(moved(known(['duree']), verdict(3, 'duree'), verdict(3, 'duree'))).toBeUndefined();
});
