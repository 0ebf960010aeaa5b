const REMEMBERED = 20_000;
/** Longer than the words of a language: what is not one is not remembered. */
const LONGEST = 30;

/** What is said of a word, worked out once for each: words come back a hundred times, in any order. */
export function remembered<T>(of: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const found = of(word);
    if (word.length > LONGEST) return found;
    if (known.size >= REMEMBERED) known.clear();
    known.set(word, found);
    return found;
  };
}
