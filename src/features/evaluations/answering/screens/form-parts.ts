import type { Form, Group } from '../rules/form.ts';

/** Somebody else answered the same part first. */
export const STALE = 'Un collègue a rempli cette partie entre-temps. Voici ses réponses.';

/** « 4 · Satisfaisant » for each step of the scale, the best first, then « sans objet ». */
export const scaleOf = ({ scale }: Form, withNone: boolean) => [
  ...([5, 4, 3, 2, 1] as const).map((score) => ({
    title: `${score} · ${scale[score]}`,
    value: String(score),
  })),
  ...(withNone ? [{ title: 'Sans objet', value: 'na' }] : []),
];

/** « Partie 2 de 6 » : where a group of criteria is in the form, the overall view at its end. */
export function partOf({ groups }: Form, group: Group | undefined): string {
  const total = groups.length + 1;
  return `Partie ${group ? groups.indexOf(group) + 1 : total} de ${total}`;
}
