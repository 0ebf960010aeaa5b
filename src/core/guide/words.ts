const NUMBERS = ['zéro', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
const FEMININE: ReadonlySet<string> = new Set(['unité']);
const ORDINALS = ['premier', 'deuxième', 'troisième', 'quatrième', 'cinquième'];

/** « cinq jours ouvrables », « 60 jours »: in letters below ten, unless digits are asked for. */
export function quantity(value: number, unit: string, digits = false): string {
  const one = value === 1 && FEMININE.has(unit) ? 'une' : NUMBERS[value];
  const number = digits ? String(value) : (one ?? String(value));
  return `${number} ${value < 2 ? unit : plural(unit)}`;
}

/** « premier », « 12e ». */
export const ordinal = (value: number): string => ORDINALS[value - 1] ?? `${value}e`;

const plural = (unit: string): string =>
  unit
    .split(' ')
    .map((word) => (word.endsWith('s') ? word : `${word}s`))
    .join(' ');
