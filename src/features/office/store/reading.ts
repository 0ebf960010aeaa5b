import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { type Page, pageOf } from '../../../core/cards/paging.ts';
import type { Clock } from '../../../core/clock.ts';
import type { House } from '../../../core/manifest.ts';
import { personKeyOf } from '../../../core/people/person-key.ts';
import type { Db } from '../../../core/ports/db.ts';
import { type BusinessDays, brokerDate } from '../../../core/time/business-days.ts';
import type { Person } from '../../../core/turn.ts';
import type { Belonging, ClosedDays, People, PersonKey } from '../../people/index.ts';
import { type Counts, counted, type Filter, filtered } from '../rules/filter.ts';
import { type Item, isOffered, itemOf, type Kept, type Team } from '../rules/standing.ts';
import { officeActs as table } from '../tables.ts';
import type { Absences } from './absences.ts';

export interface ReadingParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly waits: House['waits'];
  readonly people: People;
  readonly closedDays: Pick<ClosedDays, 'refresh'>;
  readonly belonging: Pick<Belonging, 'bodyNames' | 'bodyOf'>;
  readonly absences: Absences;
}

export type ActRow = typeof table.$inferSelect;
export type Reading = ReturnType<typeof buildReading>;

/** A list of what waits, and how much there is beside it. */
export interface Listed extends Page<Item> {
  readonly counts: Counts;
}

/** What waits, and the staff as it is then. */
export interface OfficeStanding {
  readonly items: readonly Item[];
  readonly team: Team;
}

/** What names one of them. */
interface Target {
  readonly kind: string;
  readonly id: string;
}

const nameOf = (kind: string, id: string): string => `${kind}/${id}`;

export const ownerOf = ({ ownerTenant, ownerId }: Pick<ActRow, 'ownerTenant' | 'ownerId'>) =>
  ownerTenant !== null && ownerId !== null ? { tenantId: ownerTenant, objectId: ownerId } : undefined;

/** What was done last with some of what waits. */
async function keptOf(db: Db, waiting: readonly Target[]): Promise<ReadonlyMap<string, Kept>> {
  if (waiting.length === 0) return new Map();
  const kinds = sql.param(waiting.map(({ kind }) => kind));
  const ids = sql.param(waiting.map(({ id }) => id));
  const rows = await db
    .selectDistinctOn([table.kind, table.item])
    .from(table)
    .where(sql`(${table.kind}, ${table.item}) in (select * from unnest(${kinds}::text[], ${ids}::text[]))`)
    .orderBy(table.kind, table.item, desc(table.revision));
  return new Map(
    rows.map((row) => [
      nameOf(row.kind, row.item),
      {
        owner: ownerOf(row),
        until: row.until === null ? undefined : Temporal.PlainDate.from(row.until),
        on: brokerDate(row.at),
      },
    ]),
  );
}

/** What was done with one, oldest first, with the names of those who are of the staff still. */
async function historyOf({ db, people }: Pick<ReadingParts, 'db' | 'people'>, { kind, id }: Target) {
  const rows = await db
    .select()
    .from(table)
    .where(and(eq(table.kind, kind), eq(table.item, id)))
    .orderBy(asc(table.revision));
  const keys = rows
    .flatMap((row) => [{ tenantId: row.byTenant, objectId: row.byId }, ownerOf(row) ?? []])
    .flat();
  const names = await people.names(keys);
  return rows.map((row) => ({
    act: row.act,
    at: row.at,
    until: row.until,
    by: names.get(row.byId),
    owner: names.get(row.ownerId ?? ''),
  }));
}

/** Of a kind: all that waits, that of some ids, or nothing. */
type Wanted = (kind: string) => 'all' | readonly string[] | undefined;

/**
 * What waits for the staff, of all features, in as many statements however much there is: each feature lists its own,
 * and what was done with them is read beside them.
 */
export function buildReading(parts: ReadingParts) {
  const { db, clock, days, waits, people, belonging, absences, closedDays } = parts;
  const today = () => brokerDate(clock.now());

  async function teamNow(from: Db = db, { held = false } = {}): Promise<Team> {
    const members = await people.staffNow(from, { held });
    return {
      members: new Map(members.map((member) => [personKeyOf(member), member])),
      away: await absences.awayNow(from),
    };
  }

  /** What waits, as it stands, and whose it can be. */
  async function read(wanted: Wanted = () => 'all'): Promise<OfficeStanding> {
    await closedDays.refresh();
    const team = await teamNow();
    const ground = { team, today: today(), days };
    const waiting = [];
    for (const { kind, noun, list, assign } of waits()) {
      const ids = wanted(kind);
      if (!ids) continue;
      const own = { kind, noun, keeps: assign !== undefined };
      const listed = await (ids === 'all' ? list() : list(ids));
      waiting.push(...listed.map((wait) => ({ kind, id: wait.id, own, wait })));
    }
    const kept = await keptOf(db, waiting);
    const items = waiting.map(({ kind, id, own, wait }) =>
      itemOf(wait, own, kept.get(nameOf(kind, id)), ground),
    );
    return { items, team };
  }

  /** All that waits, or what waits of some kinds. */
  const standing = async (kinds?: ReadonlySet<string>): Promise<readonly Item[]> =>
    (await read((kind) => (!kinds || kinds.has(kind) ? 'all' : undefined))).items;

  /** Of some things, those that wait: no others are read. */
  async function standingOf(some: readonly Target[]): Promise<readonly Item[]> {
    const ids = Map.groupBy(some, ({ kind }) => kind);
    return (await read((kind) => ids.get(kind)?.map(({ id }) => id))).items;
  }

  let together: Promise<OfficeStanding> | undefined;
  /**
   * All that waits, for the notices of a morning: those that are composed at once read it once, however many members the
   * staff has. What changes meanwhile may be missing.
   */
  function standingTogether(): Promise<OfficeStanding> {
    together ??= read().finally(() => {
      together = undefined;
    });
    return together;
  }

  /** The same with the bodies of those who wait, where they may be said. */
  async function withBodies(items: readonly Item[]): Promise<Item[]> {
    const names = await belonging.bodyNames(items.flatMap(({ actsFor }) => actsFor ?? []));
    return items.map((item) => ({
      ...item,
      body: item.body ?? (item.actsFor && names.get(personKeyOf(item.actsFor))),
    }));
  }

  /** One of them; undefined where it waits no more. */
  const standingOne = async (kind: string, id: string): Promise<Item | undefined> =>
    (await standingOf([{ kind, id }]))[0];

  return {
    today,
    teamNow,
    standing,
    standingOf,
    standingTogether,
    withBodies,

    /** A page of what waits, as somebody wants to see it; the nearest page when it is out of range. */
    async list(me: PersonKey, filter: Filter, page: number, size: number): Promise<Listed> {
      const all = await standing();
      const found = pageOf(filtered(all, filter, me), page, size);
      return { ...found, items: await withBodies(found.items), counts: counted(all, me) };
    },

    /** Something that waits, with the body that it is for. */
    async findItem(kind: string, id: string): Promise<Item | undefined> {
      const item = await standingOne(kind, id);
      return item && (await withBodies([item]))[0];
    },

    /** Who has each of some, by its id: those that wait no more or are offered to anybody are left out. */
    async holdersOf(kind: string, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
      const items = await standingOf(ids.map((id) => ({ kind, id })));
      return new Map(
        items.flatMap((item) => (item.holder && !isOffered(item) ? [[item.id, item.holder] as const] : [])),
      );
    },

    historyOf: (kind: string, id: string) => historyOf(parts, { kind, id }),

    /** Everybody to whom something may be given, by name. */
    colleagues: async (me: Person): Promise<Person[]> =>
      (await people.staffNow()).filter((member) => personKeyOf(member) !== personKeyOf(me)),
  };
}
