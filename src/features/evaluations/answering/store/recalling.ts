import type { PersonKey } from '../../../people/index.ts';
import type { EvaluationStanding } from '../../rules/standing.ts';
import type { Forms } from '../rules/form.ts';
import { criteriaOfPart, PARTS } from '../rules/parts.ts';
import type { Contribution } from '../rules/reconciling.ts';
import { contributionsTo, reconciledBy } from './contributions.ts';
import type { ListingParts } from './listing.ts';
import { apartOf, becameOf, readyOn } from './news.ts';
import type { Standings } from './standings.ts';
import { buildTold, listed, type ToldRow } from './told.ts';

type Told = Awaited<ReturnType<ReturnType<typeof buildRecalling>['toldTo']>>;
export type Recalled = Told['recalled'][number];
export type Became = Told['became'][number];
export type Apart = Told['apart'][number];

/** What a person is told of their evaluations: what is left to answer, what became of answers, what was set apart. */
export function buildRecalling(parts: ListingParts & { readonly forms: Forms }, standings: Standings) {
  const { db, forms } = parts;
  const toldOf = buildTold(parts);

  /** What a person is reminded to evaluate, with how much of it is left. */
  const recalledOf = (
    rows: readonly ToldRow[],
    given: ReadonlyMap<string, readonly Contribution[]>,
    where: ReadonlyMap<string, EvaluationStanding>,
  ) =>
    rows.flatMap((row) => {
      const { evaluation } = row;
      const standing = where.get(evaluation.id);
      if (!standing) return [];
      const contributions = given.get(evaluation.id) ?? [];
      const form = forms.version(evaluation.form);
      const { criteria } = reconciledBy(evaluation, form, contributions);
      const left = PARTS.filter((part) =>
        criteriaOfPart(form, part).some(({ id }) => criteria[id]?.score === undefined),
      ).length;
      return [{ ...row, standing, left, ready: readyOn(evaluation, forms, contributions) }];
    });

  return {
    async toldTo(person: PersonKey) {
      const rows = await toldOf(person);
      const given = await contributionsTo(
        db,
        rows.map(({ evaluation }) => evaluation.id),
      );
      const where = await standings(rows, given);
      return {
        recalled: recalledOf(listed(rows, 'recalled'), given, where),
        became: await becameOf(db, person, listed(rows, 'became'), given, where),
        apart: apartOf(listed(rows, 'apart'), where),
      };
    },
  };
}
