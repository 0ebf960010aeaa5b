import { and, eq, exists, gte, lte, ne, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { isPerson } from '../../../../core/people/is-person.ts';
import { ANYBODY, prepared } from '../../../../core/rows/prepared.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { contractTable, followerTable } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { campaigns, evaluations, sections } from '../../tables.ts';
import { evaluationFields } from './answered.ts';
import type { ListingParts } from './listing.ts';

/** Days during which what became of an evaluation is told, and one that was submitted is among what is recalled. */
export const NEWS_DAYS = 14;
/** Evaluations of one person, in each list. */
const MOST_OF_ONE = 200;

type List = 'recalled' | 'became' | 'apart';

/** Where an evaluation is among those of a list, from 1; null where it is not in it. */
const placeIn = (isIn: SQLWrapper, order: SQL) =>
  sql<
    number | null
  >`case when ${isIn} then row_number() over (partition by ${isIn} order by ${order}) end`.mapWith(Number);

/**
 * The evaluations of which a person is told something, in one statement, with their places in the lists: those that are
 * `recalled` to them, what `became` of their answers, what staff set `apart`.
 */
export function buildTold({ db, clock, contracts }: ListingParts) {
  const one = { one: sql`1` };
  const since = sql.placeholder('since');

  const ofAnybody = prepared((from) => {
    const itsFollower = and(
      eq(followerTable.contractId, evaluations.contractId),
      isPerson(followerTable, ANYBODY),
    );
    const itsSection = and(eq(sections.evaluationId, evaluations.id), isPerson(sections, ANYBODY));
    const follows = exists(from.select(one).from(followerTable).where(itsFollower));

    const lately = and(eq(evaluations.state, 'submitted'), gte(evaluations.submittedAt, since));
    const asked = and(
      or(eq(evaluations.state, 'open'), lately),
      lte(evaluations.opensOn, sql.placeholder('today')),
    );
    const moved = and(gte(evaluations.apartAt, since), ne(evaluations.state, 'submitted'));
    const answered = exists(from.select(one).from(sections).where(itsSection));
    const seen = from
      .select({
        id: evaluations.id,
        closesOn: evaluations.closesOn,
        submittedAt: evaluations.submittedAt,
        apartAt: evaluations.apartAt,
        isRecalled: sql`${asked}`.as('is_recalled'),
        hasBecome: sql`${and(lately, answered)}`.as('has_become'),
        isApart: sql`${moved}`.as('is_apart'),
        follows: sql<boolean>`${follows}`.as('follows'),
      })
      .from(evaluations)
      .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
      .where(and(or(asked, lately, moved), contracts.visible(ANYBODY)))
      .as('seen');
    const told = from
      .select({
        id: seen.id,
        follows: seen.follows,
        recalled: placeIn(seen.isRecalled, sql`${seen.closesOn}, ${seen.id}`).as('recalled'),
        became: placeIn(seen.hasBecome, sql`${seen.submittedAt} desc, ${seen.id}`).as('became'),
        apart: placeIn(sql`(${seen.isApart} and ${seen.follows})`, sql`${seen.apartAt} desc, ${seen.id}`).as(
          'apart',
        ),
      })
      .from(seen)
      .as('told');
    return from
      .select({
        ...evaluationFields,
        follows: told.follows,
        recalled: told.recalled,
        became: told.became,
        apart: told.apart,
      })
      .from(told)
      .innerJoin(evaluations, eq(evaluations.id, told.id))
      .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
      .innerJoin(campaigns, eq(campaigns.id, evaluations.campaignId))
      .where(sql`least(${told.recalled}, ${told.became}, ${told.apart}) <= ${MOST_OF_ONE}`);
  });

  return ({ tenantId, objectId }: PersonKey) => {
    const now = clock.now();
    return ofAnybody(db).execute({
      tenantId,
      objectId,
      today: brokerDate(now).toString(),
      since: now.subtract({ hours: 24 * NEWS_DAYS }).toString(),
    });
  };
}

export type ToldRow = Awaited<ReturnType<ReturnType<typeof buildTold>>>[number];

/** Those of a list, in its order. */
export const listed = (rows: readonly ToldRow[], list: List): readonly ToldRow[] =>
  rows
    .flatMap((row) => {
      const place = row[list];
      return place !== null && place <= MOST_OF_ONE ? [{ row, place }] : [];
    })
    .sort((one, other) => one.place - other.place)
    .map(({ row }) => row);
