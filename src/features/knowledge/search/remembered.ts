/** Of words: what is longer than those of a language is not one. */
const WORDS = { most: 20_000, longest: 30 };

/**
 * What is said of a text, by default a word, worked out once for each: they come back, in any order. One that is longer
 * than `longest` is not remembered, and all are forgotten when there are `most`.
 */
export function remembered<T>(of: (text: string) => T, { most, longest } = WORDS): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = of(text);
    if (text.length > longest) return found;
    if (known.size >= most) known.clear();
    known.set(text, found);
    return found;
  };
}
