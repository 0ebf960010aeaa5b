import { editDistance } from '../../../../core/text/edit-distance.ts';

const LATIN_MARKS = /(\p{Script=Latin})\p{M}+/gu;
/** Words that no name is told apart by. */
const SMALL = new Set([
  'de',
  'du',
  'des',
  'la',
  'le',
  'les',
  'l',
  'd',
  'et',
  'en',
  'a',
  'au',
  'aux',
  'pour',
  'sur',
]);
/** What many bodies are: it weighs less than what they are about. */
const KINDS = new Set(
  `ministere ville municipalite cite canton centre service services commission conseil office regie regroupement
  societe agence bureau secretariat tribunal cegep college universite ecole institut hopital integre universitaire
  sante sociaux quebec`.split(/\s+/),
);
/** How much of two names is the same, from which they may be one body. */
const NEAR = 0.55;

/**
 * One body however its name is typed: its letters and digits, in any script, without the accents of Latin letters.
 * « Ministère de l'Énergie » and « ministere de l energie » have one key.
 */
export const nameKeyOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(LATIN_MARKS, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

/** The words of a key by which bodies are told apart. */
export const wordsOf = (key: string): string[] => key.split(' ').filter((word) => !SMALL.has(word));

/** « mern » for the key of « Ministère de l'Énergie et des Ressources naturelles ». */
const initialsOf = (key: string): string =>
  wordsOf(key)
    .map((word) => word[0])
    .join('');

const weightOf = (word: string): number => (KINDS.has(word) ? 0.5 : 1);
const weigh = (words: readonly string[]): number => words.reduce((sum, word) => sum + weightOf(word), 0);

/** Slips that a word of its length bears. */
const slips = (word: string): number => (word.length < 5 ? 0 : word.length < 9 ? 1 : 2);
const isSame = (one: string, other: string): boolean =>
  one === other || editDistance(one, other, slips(one)) <= slips(one);

/**
 * How alike two keys are, from 0 to 1: the share of their words that they have in common, where one says no more than
 * the other; or one is the other's acronym. Two schools, two towns, a college and a university each have a word of
 * their own: they are not alike.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [ours, theirs] = [wordsOf(one), wordsOf(other)];
  if (isAcronym(one, other) || isAcronym(other, one)) return 0.9;
  const left = [...theirs];
  const common = ours.filter((word) => {
    const at = left.findIndex((candidate) => isSame(word, candidate));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  if (common.length < ours.length && left.length > 0) return 0;
  const all = weigh(ours) + weigh(theirs);
  return all === 0 ? 0 : 1 - Math.abs(weigh(ours) - weigh(theirs)) / all;
}

const isAcronym = (short: string, long: string): boolean =>
  !short.includes(' ') && short.length > 1 && short === initialsOf(long);

/** The names that may be meant by a key, the likest first. */
export const nearest = <T extends { readonly key: string }>(
  key: string,
  among: readonly T[],
  most: number,
): T[] =>
  among
    .map((each) => ({ each, alike: likeness(key, each.key) }))
    .filter(({ alike }) => alike >= NEAR)
    .sort((one, other) => other.alike - one.alike)
    .slice(0, most)
    .map(({ each }) => each);
