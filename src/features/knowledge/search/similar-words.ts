/**
 * Damerau-Levenshtein distance of two words (insertions, deletions, substitutions, neighbours swapped),
 * or `limit + 1` as soon as it must exceed the limit.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(substitution, (previous[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return Math.min(previous[b.length] as number, limit + 1);
}

const SOUNDS: readonly [RegExp, string][] = [
  [/eaux?|aux?|ots?$|os$/g, 'o'],
  [/ph/g, 'f'],
  [/qu|q|ck|cc(?=[aou])|c(?=[aoulr]|$)|k/g, 'k'],
  [/ch|sh/g, 'S'],
  [/ti(?=on|el|al)|sci|ssi(?=on)|ci(?=on|el|al)|si(?=on)/g, 'si'],
  [/c(?=[eiy])|ss|sc(?=[eiy])/g, 's'],
  [/ge(?=[aou])|j|g(?=[eiy])/g, 'j'],
  [/gu(?=[ei])/g, 'g'],
  [/oe|eu|oeu/g, 'e'],
  [/(?:ai|ei|er|ez|et|es|ee|e)(?:s|nt)?$/g, 'e'],
  [/ai|ei/g, 'e'],
  [/[ae][mn](?=[^aeiouymn]|$)/g, 'A'],
  [/(?:ain|ein|in|im|yn)(?=[^aeiouymn]|$)/g, 'I'],
  [/y/g, 'i'],
  [/h/g, ''],
  [/[stdxpze]+$/g, ''],
  [/(.)\1+/g, '$1'],
];

/** How a folded French word sounds, roughly: words that sound alike get the same key. */
export function soundOf(word: string): string {
  return SOUNDS.reduce((sound, [pattern, letter]) => sound.replace(pattern, letter), word);
}
