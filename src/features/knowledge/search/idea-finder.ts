import { editDistance } from '../../../core/text/edit-distance.ts';
import { IDEAS } from './ideas.ts';
import { remembered } from './remembered.ts';
import { soundOf } from './similar-words.ts';
import { stemOf } from './stems.ts';

const byStem = new Map<string, string[]>();
const bySound = new Map<string, string[]>();
const byFirstWord = new Map<string, { parts: readonly string[]; name: string }[]>();

for (const { name, words } of IDEAS) {
  for (const word of words) {
    const parts = word.split(/[_-]/);
    const [first = ''] = parts;
    if (parts.length > 1) byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { parts, name }]);
    else {
      byStem.set(stemOf(word), [...(byStem.get(stemOf(word)) ?? []), name]);
      if (word.length > 4) bySound.set(soundOf(word), [...(bySound.get(soundOf(word)) ?? []), word]);
    }
  }
}

/** The ideas that a stem names. */
export function ideasOfStem(stem: string): readonly string[] {
  return byStem.get(stem) ?? [];
}

/** The ideas that a single word names, or seems to when it is misspelt. */
export const ideasOf = remembered((word): readonly string[] => {
  const known = byStem.get(stemOf(word));
  if (known || word.length < 6) return known ?? [];
  const meant = bySound.get(soundOf(word))?.find((candidate) => editDistance(word, candidate, 1) <= 1);
  return meant === undefined ? [] : (byStem.get(stemOf(meant)) ?? []);
});

/** The ideas that the expressions among some words name: « hors Canada », « au-delà ». */
export function ideasOfExpressions(words: readonly string[]): string[] {
  return words.flatMap((word, at) =>
    (byFirstWord.get(word) ?? [])
      .filter(({ parts }) =>
        parts.every((part, n) =>
          part.length > 3 ? words[at + n]?.startsWith(part) : words[at + n] === part,
        ),
      )
      .map(({ name }) => name),
  );
}
