import { expect, test } from '@jest/globals';
import {
  groupsOf,
  seenUntil,
  type Unmet,
  wordingsOf,
} from '../../../../src/features/knowledge/improving/rules/grouping.ts';
import { allHeldOut } from './held-out.ts';

const HOUR = 3_600_000;

/** Questions, asked an hour apart in this order. */
const asked = (...texts: readonly (string | readonly [text: string, nearest: string])[]): Unmet[] =>
  texts.map((each, n) => ({
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    text: typeof each === 'string' ? each : each[0],
    nearest: typeof each === 'string' ? undefined : each[1],
    askedAt: new Date(n * HOUR),
    displeased: false,
    handled: false,
  }));
const texts = (questions: readonly Unmet[]) =>
  groupsOf(questions).map((group) => group.questions.map(({ text }) => text));

test('the same question in other letters, another order or with a slip is in one group', () => {
  const [first] = texts(
    asked(
      'Où stationner ma trottinette ?',
      'ou stationner ma trotinette',
      'ma trottinette, où la stationner ?',
      'Qui répare la cafetière ?',
    ),
  );
  expect(first).toHaveLength(3);
});

test('the largest group comes first, and each says first what is asked most often', () => {
  const groups = groupsOf(
    asked('La cafetière fuit', 'un grand casier à vélo', 'casier à vélo', 'Casier vélo ?', 'casier vélo'),
  );
  expect(groups[0]?.questions).toHaveLength(4);
  expect(wordingsOf(groups[0] ?? { questions: [] })[0]).toBe('Casier vélo ?');
});

test('words somewhat alike are one group when the same entry was nearest to both, and two when not', () => {
  const [a, b] = [
    'délai pour signer avec le ministère',
    'signer avec le ministère prend combien de semaines',
  ];
  expect(texts(asked([a, 'x'], [b, 'x']))).toHaveLength(1);
  expect(texts(asked([a, 'x'], [b, 'y']))).toHaveLength(2);
});

test('the order in which they are read changes nothing, and one more changes no group before it', () => {
  const all = asked('casier vélo', 'Un casier pour mon vélo ?', 'La cafetière fuit', 'cafetière qui fuit');
  const before = groupsOf(all).map(({ id }) => id);
  expect(groupsOf(all.toReversed()).map(({ id }) => id)).toEqual(before);
  const later = { ...asked('la cafetière fuit encore')[0], id: 'f', askedAt: new Date(9 * HOUR) } as Unmet;
  expect(new Set(groupsOf([...all, later]).map(({ id }) => id))).toEqual(new Set(before));
});

test('what is handled leaves its group, which is counted with what comes back', () => {
  const [first, ...more] = asked('casier vélo', 'casier à vélo', 'un casier pour le vélo').map((each) => ({
    ...each,
    handled: true,
  }));
  expect(groupsOf([...(first ? [first] : []), ...more])).toEqual([]);
  const back = { ...more[0], id: 'f', askedAt: new Date(9 * HOUR), handled: false } as Unmet;
  const [group] = groupsOf([...(first ? [first] : []), ...more, back]);
  expect([group?.id, group?.questions.length, group?.before]).toEqual([first?.id, 1, 3]);
});

test('a group that somebody saw has what was asked until then', () => {
  const groups = groupsOf(asked('casier vélo', 'casier à vélo', 'un casier pour le vélo'));
  const id = groups[0]?.id ?? '';
  expect(seenUntil(groups, id, HOUR)?.questions).toHaveLength(2);
  expect(seenUntil(groups, id, -1)).toBeUndefined();
  expect(seenUntil(groups, 'other', HOUR)).toBeUndefined();
});

test('a thousand questions are grouped in well under a second', () => {
  const many = asked(...Array.from({ length: 1_000 }, (_, n) => allHeldOut[n % allHeldOut.length] ?? ''));
  groupsOf(many.slice(0, 50));
  const before = process.threadCpuUsage();
  expect(groupsOf(many).length).toBeGreaterThan(50);
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(1_000);
});
