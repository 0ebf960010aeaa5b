const DEEPEST = 32;

/**
 * The same JSON value, which nothing that walks it overflows on, and which can be written down: what lies deeper than
 * any message of Teams is left out, a number that is none becomes null, a half of a pair of characters goes.
 */
export function boundedJson(value: unknown, deep = DEEPEST): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || typeof value !== 'object') return value;
  if (deep === 0) return null;
  if (Array.isArray(value)) return value.map((item) => boundedJson(item, deep - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [wellFormed(key), boundedJson(inner, deep - 1)]),
  );
}

const wellFormed = (text: string): string => (text.isWellFormed() ? text : text.replace(/\p{Cs}/gu, ''));

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a list; none when it is no list. */
export const recordsOf = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
