import { CourtierError } from '../../../../core/errors.ts';
import type { AudienceChoice } from '../../rules/audience.ts';

/** What a notice is for or about, of which there is too much to show. */
export const WHAT = ['organizations', 'lists', 'suppliers'] as const;
export type What = (typeof WHAT)[number];

/** What is chosen on a notice. */
export interface ChosenThings {
  readonly audience: AudienceChoice;
  readonly suppliers: readonly string[];
}

const MOST: Readonly<Record<What, number>> = { organizations: 1_000, lists: 20, suppliers: 100 };
const THINGS: Readonly<Record<What, string>> = {
  organizations: 'organisations : retirez-en, ou choisissez un groupe plus large',
  lists: 'listes et groupes',
  suppliers: 'fournisseurs : au-delà, l’avis ne concerne personne en particulier',
};

export const idsOf = ({ audience, suppliers }: ChosenThings, what: What): readonly string[] =>
  what === 'suppliers' ? suppliers : (audience[what] ?? []);

const withIds = ({ audience }: ChosenThings, what: What, ids: readonly string[]): Partial<ChosenThings> =>
  what === 'suppliers' ? { suppliers: ids } : { audience: { ...audience, [what]: ids } };

/** The same notice with these too; undefined where it has them all. Refuses more than a notice bears. */
export function withMore(
  notice: ChosenThings,
  what: What,
  more: readonly string[],
): Partial<ChosenThings> | undefined {
  const had = idsOf(notice, what);
  const ids = [...new Set([...had, ...more])];
  if (ids.length > MOST[what])
    throw new CourtierError('refused', `Un avis compte au plus ${MOST[what]} ${THINGS[what]}.`);
  return ids.length === had.length ? undefined : withIds(notice, what, ids);
}

/** The same notice without one; undefined where it has it not. */
export function without(notice: ChosenThings, what: What, id: string): Partial<ChosenThings> | undefined {
  const had = idsOf(notice, what);
  return had.includes(id)
    ? withIds(
        notice,
        what,
        had.filter((each) => each !== id),
      )
    : undefined;
}
