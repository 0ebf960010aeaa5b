import type { AnyFeature } from '../core/manifest.ts';

/** Each feature after those below it, otherwise as they come. */
export function inOrder<F extends AnyFeature>(features: readonly F[]): readonly F[] {
  const placed = new Set<string>();
  const place = (feature: F): readonly F[] => {
    if (placed.has(feature.id)) return [];
    placed.add(feature.id);
    const lower = features.filter(({ id }) => feature.below.some((each) => each.id === id));
    return [...lower.flatMap(place), feature];
  };
  return features.flatMap(place);
}
