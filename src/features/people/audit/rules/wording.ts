import type { Trail } from '../../../../core/manifest.ts';

/** What was done, in words: « a confirmé l’étape 3 ». An act that no feature tells is named by its code. */
export function actInWords(action: string, trails: readonly Trail[]): string {
  const [prefix = '', ...rest] = action.split('.');
  const acts = trails.find((trail) => trail.prefix === prefix)?.acts ?? {};
  const [first = ''] = rest;
  const told = acts[rest.join('.')] ?? acts[first] ?? acts[first.replace(/\d+$/, '')];
  return told?.replace('{n}', /\d+$/.exec(first)?.[0] ?? '') ?? `a agi (${action})`;
}

/** The trail of an act. */
export const trailOf = (action: string, trails: readonly Trail[]): Trail | undefined =>
  trails.find(({ prefix }) => prefix === action.split('.')[0]);

/** The id of an object: an effect may follow it. */
export const idOf = (object: string): string => object.split(' ')[0] ?? '';
