import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { PersonKey } from '../../../../core/people/person-key.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Directory, DirectoryGroup } from '../../../../core/ports/directory.ts';
import { readRows } from '../../../../core/rows/raw.ts';
import type { Turn } from '../../../../core/turn.ts';
import { peopleTable } from '../../../people/index.ts';
import type { AudienceChoice } from '../../rules/audience.ts';
import type { Records } from '../../store/records.ts';
import { listPeople, lists } from '../../tables.ts';
import type { ListLine } from '../rules/reading.ts';
import { buildListReading, linesOf, MOST_MEMBERS, type PeopleList, writeLines } from './directory.ts';

/** Why a line tells nobody. `unknown`: nobody whom the assistant, or a directory, knows. */
const STANDINGS = ['unreadable', 'duplicate', 'unknown', 'notInstalled', 'reachable'] as const;
export type LineStanding = (typeof STANDINGS)[number];
const Counted = z.object({ standing: z.enum(STANDINGS), n: z.int() });
const ReportedLine = z.object({
  line: z.int(),
  given: z.string(),
  sameAs: z.int().nullable(),
  standing: z.enum(STANDINGS),
});
export type ReportedLine = Readonly<z.output<typeof ReportedLine>>;

/** Each line with whoever it is now: an id that somebody met is of their tenant. */
const whoIs = sql`
  select e.list_id, e.line, e.given, e.problem, e.same_as,
    case when e.tenant_id <> '' then e.tenant_id else coalesce(p.tenant_id, '') end as tenant_id, e.object_id
  from ${listPeople} e
  left join ${peopleTable} p on e.tenant_id = '' and e.object_id <> '' and p.object_id = e.object_id`;

const idsOf = (ids: readonly string[]): SQL =>
  sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  );

/** The people of some lists, at least one, as recipients. */
export const listedAudience = (ids: readonly string[]): SQL => sql`
  select w.tenant_id, w.object_id, '' as conversation_id from (${whoIs}) w
  where w.list_id in (${idsOf(ids)}) and w.problem is null and w.tenant_id <> '' and w.object_id <> ''`;

/** How lists stand. */
const buildListReport = (db: Db, deliveries: Pick<Deliveries, 'people'>) => ({
  /** How a list stands now, and a page of its lines that tell nobody; the nearest one. */
  async report(id: string, wanted: number, size: number) {
    const standing = sql<LineStanding>`case when w.problem is not null then w.problem
        when w.tenant_id = '' or w.object_id = '' then 'unknown'
        when a.object_id is null then 'notInstalled' else 'reachable' end`;
    const rows = sql`select w.line, w.given, w.same_as, ${standing} as standing from (${whoIs}) w
        left join (select distinct tenant_id, object_id from (${deliveries.people}) p) a
          on a.tenant_id = w.tenant_id and a.object_id = w.object_id
        where w.list_id = ${id}::uuid`;
    const statement = sql`select standing, count(*)::int as n from (${rows}) r group by standing`;
    const counted = await readRows(db, statement, Counted);
    const counts = new Map(counted.map(({ standing: each, n }) => [each, n]));
    const total = counted.reduce((sum, { standing: each, n }) => sum + (each === 'reachable' ? 0 : n), 0);
    const page = nearestPage(wanted, total, size);
    const found = await readRows(
      db,
      sql`
        select line, given, same_as as "sameAs", standing from (${rows}) r where standing <> 'reachable'
        order by line limit ${size} offset ${(page - 1) * size}`,
      ReportedLine,
    );
    return { counts, rows: found, page, total };
  },
});

/** Lists of people to tell: of files and of groups, kept as they were given, read again when a notice leaves. */
export function buildLists(
  { db, deliveries, audit, quotas, now }: Records,
  directory: Directory | undefined,
) {
  const { findList, asked, isAsked, readAgain } = buildListReading({ db, now }, directory);

  async function listsOf({ lists: ids = [] }: Pick<AudienceChoice, 'lists'>): Promise<PeopleList[]> {
    if (ids.length === 0) return [];
    return db
      .select()
      .from(lists)
      .where(inArray(lists.id, [...ids]))
      .orderBy(lists.number);
  }

  /** Keeps a list, once however often it is given. */
  const keep = (
    { person, effect }: Pick<Turn, 'person' | 'effect'>,
    quota: 'broadcasts.files' | 'broadcasts.addGroup',
    list: Pick<PeopleList, 'source' | 'name' | 'groupTenant' | 'groupId'>,
    lines: readonly ListLine[],
  ): Promise<void> =>
    db.transaction(async (tx) => {
      const { tenantId, objectId } = person;
      const [added] = await tx
        .insert(lists)
        .values({ id: effect, ...list, tenantId, objectId, createdAt: now(), readAt: now() })
        .onConflictDoNothing()
        .returning({ id: lists.id });
      if (!added) return;
      await writeLines(tx, added.id, lines);
      await quotas.spend(tx, person, quota);
      await audit.record(tx, person, 'broadcastList.keep', added.id);
    });

  return {
    findList,
    listsOf,
    isAsked,
    readAgain,
    ...buildListReport(db, deliveries),
    groupsNamed: (name: string, most: number) => asked((each) => each.groupsNamed(name, most)),

    /** Keeps the people of a file, and asks who they are. The file stays where the directory does not answer. */
    async keepFile(
      turn: Pick<Turn, 'person' | 'effect'>,
      name: string,
      lines: readonly ListLine[],
    ): Promise<PeopleList> {
      const file = { source: 'file' as const, name: name.slice(0, 200), groupTenant: '', groupId: '' };
      await keep(turn, 'broadcasts.files', file, lines);
      return findList(turn.effect);
    },

    /** Keeps a group, with whoever is in it now. */
    async keepGroup(
      turn: Pick<Turn, 'person' | 'effect'>,
      tenantId: string,
      groupId: string,
    ): Promise<PeopleList> {
      const [group, people] = await asked(
        async (each): Promise<[DirectoryGroup | undefined, ListLine[]]> => [
          await each.findGroup(tenantId, groupId),
          linesOf(await each.membersOf(tenantId, groupId, MOST_MEMBERS)),
        ],
      );
      if (!group) throw new CourtierError('refused', 'Ce groupe n’existe plus dans l’annuaire.');
      const list = {
        source: 'group' as const,
        name: group.name.slice(0, 200),
        groupTenant: tenantId,
        groupId,
      };
      await keep(turn, 'broadcasts.addGroup', list, people);
      return findList(turn.effect);
    },

    /** Whoever gave a list, and whoever is in one. */
    async eraseLists(tx: Tx, person: PersonKey): Promise<void> {
      await tx.delete(listPeople).where(isOnList(person));
      await tx.update(lists).set({ objectId: '' }).where(isPerson(lists, person));
    },
  };
}

export type Lists = ReturnType<typeof buildLists>;

/** The lines of lists that are a person's: those of a file say no tenant. */
export const isOnList = ({ tenantId, objectId }: PersonKey) =>
  and(eq(listPeople.objectId, objectId), inArray(listPeople.tenantId, [tenantId, '']));

/** Whom an id of a new list is for: a draft that begins with it. */
export const withList = (audience: AudienceChoice, list: Id | string): AudienceChoice => ({
  ...audience,
  lists: [...new Set([...(audience.lists ?? []), list])],
});
