import { expect, test } from '@jest/globals';
import { readOptions } from '../../src/demo/options.ts';
import { SCENE_NAMES } from '../../src/demo/scenes.ts';

const read = (line: string) => readOptions(line.split(' ').filter(Boolean), SCENE_NAMES);

test('nothing is asked by default', () => {
  expect(read('')).toEqual({ help: false, reset: false, at: undefined, scenes: [] });
});

test('a day, a fresh start and scenes are read, with or without accents, each once', () => {
  const { reset, at, scenes } = read('--reset --at 2027-03-01 --with Evaluation,rencontre,évaluation');
  expect({ reset, at: String(at), scenes }).toEqual({
    reset: true,
    at: '2027-03-01',
    scenes: ['évaluation', 'rencontre'],
  });
});

test.each([
  ['--foo', 'L’option --foo est inconnue : il y a'],
  ['reset', '« reset » n’est pas une option : il y a'],
  ['--reset=oui', 'L’option --reset s’écrit seule.'],
  ['--at', 'L’option --at est suivie d’une date'],
  ['--at demain', 'L’option --at est suivie d’une date'],
  ['--at 2027-02-31', 'La date 2027-02-31 n’existe pas.'],
  ['--with', 'L’option --with est suivie de scènes'],
  ['--with danse', 'La scène « danse » est inconnue : il y a rencontre et évaluation.'],
])('« %s » is refused in one sentence', (line, sentence) => {
  expect(() => read(line)).toThrow(sentence);
});

test('its help is asked for alone', () => {
  expect(read('--help').help).toBe(true);
});
