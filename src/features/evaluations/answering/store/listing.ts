import { and, asc, count, desc, eq, isNotNull, lte, ne, or, sql } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { type Contracts, contractTable } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type EvaluationStanding, isAwaited } from '../../rules/standing.ts';
import { campaigns, type Evaluation, evaluations } from '../../tables.ts';
import { rowsOf } from './answered.ts';
import type { Standings } from './standings.ts';

/** An evaluation in a list, with what is known of its contract. */
export interface Listed {
  readonly evaluation: Evaluation;
  readonly title: string;
  readonly supplier: string;
  readonly standing: EvaluationStanding;
}

export interface ListingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly contracts: Contracts;
}

/** What a person is asked for, one line an evaluation. */
export function buildListing({ db, clock, contracts }: ListingParts, standings: Standings) {
  const today = () => brokerDate(clock.now()).toString();

  async function listed(found: Awaited<ReturnType<typeof rowsOf>>): Promise<Listed[]> {
    const where = await standings(found);
    return found.flatMap(({ evaluation, contract }) => {
      const standing = where.get(evaluation.id);
      return standing
        ? [{ evaluation, title: contract.title, supplier: contract.supplierName, standing }]
        : [];
    });
  }

  /** What a person is asked for, or was: all but what the end of a contract set apart. */
  const asked = (person: PersonKey) =>
    and(
      or(ne(evaluations.state, 'excluded'), isNotNull(evaluations.apartBy)),
      lte(evaluations.opensOn, today()),
      contracts.visible(person),
    );
  const toAnswer = sql`(${evaluations.state} = 'open' and ${campaigns.state} <> 'closed')`;
  const inOrder = [
    desc(toAnswer),
    sql`case when ${toAnswer} then ${evaluations.closesOn} end`,
    sql`${evaluations.state} = 'excluded'`,
    desc(evaluations.closesOn),
    asc(contractTable.number),
  ];

  return {
    /** A page of the evaluations that a person is asked for: first those to answer, the first due first. */
    async evaluationsPage(person: PersonKey, wanted: number, size: number) {
      const where = asked(person);
      const [counted] = await db
        .select({ total: count() })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .where(where);
      const total = counted?.total ?? 0;
      const page = nearestPage(wanted, total, size);
      const found = await rowsOf(db)
        .where(where)
        .orderBy(...inOrder)
        .limit(size)
        .offset((page - 1) * size);
      return { rows: await listed(found), page, total };
    },

    /** Whether a campaign asks somebody for an evaluation until a day, or lets them change it until then. */
    async isAskedUntil(person: PersonKey, campaign: string, closesOn: string): Promise<boolean> {
      const [one] = await db
        .select({ id: evaluations.id })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .where(
          and(
            asked(person),
            eq(evaluations.campaignId, campaign),
            eq(evaluations.closesOn, closesOn),
            ne(evaluations.state, 'excluded'),
          ),
        )
        .limit(1);
      return one !== undefined;
    },

    /** The evaluation to answer after one: the first due of those that wait. */
    async nextToAnswer(person: PersonKey, after: string): Promise<Listed | undefined> {
      const found = await rowsOf(db)
        .where(
          and(
            asked(person),
            eq(evaluations.state, 'open'),
            eq(campaigns.state, 'open'),
            ne(evaluations.id, after),
          ),
        )
        .orderBy(...inOrder)
        .limit(1);
      return (await listed(found)).find(({ standing }) => isAwaited(standing));
    },
  };
}
