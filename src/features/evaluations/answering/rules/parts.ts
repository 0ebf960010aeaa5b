import { criteriaOf, type Form, type Group } from './form.ts';

export const PARTS = [1, 2] as const;
/** An evaluation is answered on two cards: the second one ends with the overall view. */
export type Part = (typeof PARTS)[number];

/** Criteria on one card at most: half of the largest form. */
export const MOST_CRITERIA = 30;

/** The groups of criteria of each card: the first one has half of the criteria, or a little more. */
export function groupsOf(form: Form, part: Part): readonly Group[] {
  const half = criteriaOf(form).length / 2;
  let counted = 0;
  let cut = 0;
  for (const { criteria } of form.groups) {
    if (counted >= half) break;
    counted += criteria.length;
    cut++;
  }
  return part === 1 ? form.groups.slice(0, cut) : form.groups.slice(cut);
}

export const criteriaOfPart = (form: Form, part: Part) =>
  groupsOf(form, part).flatMap(({ criteria }) => criteria);
