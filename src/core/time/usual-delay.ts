/** Fewer answers than this say nothing of what is usual. */
const ENOUGH = 5;

/**
 * In how many business days the staff usually answer: half of the answers came no later. Undefined when there are too
 * few to say so.
 */
export function usualDays(days: readonly number[]): number | undefined {
  if (days.length < ENOUGH) return undefined;
  const inOrder = days.toSorted((a, b) => a - b);
  return inOrder[Math.ceil(inOrder.length / 2) - 1];
}

const DAYS = ['', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];
/** How long the staff take, as far as it is known: « D'habitude, l'équipe répond en deux jours ouvrables. » */
export function usualDelay(days: number | undefined): string {
  if (days === undefined) return "L'équipe répond les jours ouvrables.";
  if (days === 0) return "D'habitude, l'équipe répond le jour même, les jours ouvrables.";
  return `D'habitude, l'équipe répond en ${DAYS[days] ?? days} ${days === 1 ? 'jour ouvrable' : 'jours ouvrables'}.`;
}
