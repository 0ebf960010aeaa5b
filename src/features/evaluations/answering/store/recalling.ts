import { and, asc, eq, gte, lte, or } from 'drizzle-orm';
import { brokerDate } from '../../../../core/business-days.ts';
import { asDate } from '../../../../core/clock.ts';
import type { PersonKey } from '../../../people/index.ts';
import { evaluations } from '../../tables.ts';
import type { Forms } from '../rules/form.ts';
import { criteriaOfPart, PARTS } from '../rules/parts.ts';
import { rowsOf } from './answered.ts';
import { contributionsTo, reconciledBy } from './contributions.ts';
import type { ListingParts } from './listing.ts';
import { readyOn } from './news.ts';
import type { Standings } from './standings.ts';

/** Evaluations of one person of which they are reminded. */
const MOST_OF_ONE = 200;
/** Days after its submission when one is no more in the list of what is recalled. */
const SUBMITTED_DAYS = 14;

export type Recalled = Awaited<ReturnType<ReturnType<typeof buildRecalling>['recalledTo']>>[number];

/** What a person is reminded to evaluate, with how much of it is left. */
export const buildRecalling = (
  { db, clock, contracts, forms }: ListingParts & { readonly forms: Forms },
  standings: Standings,
) => ({
  async recalledTo(person: PersonKey) {
    const now = clock.now();
    const rows = await rowsOf(db)
      .where(
        and(
          or(
            eq(evaluations.state, 'open'),
            and(
              eq(evaluations.state, 'submitted'),
              gte(evaluations.submittedAt, asDate(now.subtract({ hours: 24 * SUBMITTED_DAYS }))),
            ),
          ),
          lte(evaluations.opensOn, brokerDate(now).toString()),
          contracts.visible(person),
        ),
      )
      .orderBy(asc(evaluations.closesOn), asc(evaluations.id))
      .limit(MOST_OF_ONE);
    if (rows.length === 0) return [];
    const given = await contributionsTo(
      db,
      rows.map(({ evaluation }) => evaluation.id),
    );
    const where = await standings(rows, given);
    const mine = await contracts.followedBy(person);
    return rows.flatMap(({ evaluation, contract, kind }) => {
      const standing = where.get(evaluation.id);
      const form = forms.version(evaluation.form);
      const { criteria } = reconciledBy(evaluation, form, given.get(evaluation.id) ?? []);
      const left = PARTS.filter((part) =>
        criteriaOfPart(form, part).some(({ id }) => criteria[id]?.score === undefined),
      ).length;
      return standing
        ? [
            {
              evaluation,
              contract,
              standing,
              kind,
              left,
              follows: mine.has(contract.id),
              ready: readyOn(evaluation, forms, given.get(evaluation.id) ?? []),
            },
          ]
        : [];
    });
  },
});
