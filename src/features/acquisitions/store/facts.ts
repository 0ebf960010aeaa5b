import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../core/clock.ts';
import type { Db, Tx } from '../../../core/ports/db.ts';
import { batched } from '../../../core/rows/batched.ts';
import type { PersonKey } from '../../people/index.ts';
import { type FactKind, readAs } from '../rules/fact.ts';
import { acquisitionFacts, acquisitions, membersNow } from '../tables.ts';
import { CONCERN_FACTS } from './audience.ts';
import { isMember } from './records.ts';

/** What is known under a fact's kind, `undefined` when nothing is; its revision grows with each change. */
export interface Fact<T> {
  readonly value: T | undefined;
  readonly revision: number;
}

type Kinds = Readonly<Record<string, FactKind<object>>>;
type FactsOf<K extends Kinds> = {
  readonly [N in keyof K]: Fact<K[N] extends FactKind<infer T> ? T : never>;
};

const placeOf = (id: string, key: string) => `${id} ${key}`;
const rowsAt = batched(
  (from, places) => {
    const [ids, keys] = [0, 1].map((part) => [
      ...new Set(places.map((place) => place.split(' ')[part] ?? '')),
    ]);
    const theirs = and(
      inArray(acquisitionFacts.acquisitionId, ids ?? []),
      inArray(acquisitionFacts.key, keys ?? []),
    );
    return from.select().from(acquisitionFacts).where(theirs);
  },
  ({ acquisitionId, key }) => placeOf(acquisitionId, key),
);

/** Several facts of a file, in one query: by the names under which their kinds are given. */
async function readFacts<const K extends Kinds>(from: Db, id: string, kinds: K): Promise<FactsOf<K>> {
  const read = await Promise.all(
    Object.entries(kinds).map(async ([name, kind]) => {
      const [row] = await rowsAt(from, placeOf(id, kind.key));
      return [name, { value: row && readAs(kind, row.value), revision: row?.revision ?? 0 }];
    }),
  );
  // Each name holds what its kind's schema made: a mapped type says it, and nothing but a cast builds one.
  return Object.fromEntries(read) as FactsOf<K>;
}

/** A fact of a file; within a transaction that holds the file, nobody changes it meanwhile. */
const readFact = async <T extends object>(from: Db, id: string, kind: FactKind<T>): Promise<Fact<T>> =>
  (await readFacts(from, id, { fact: kind })).fact;

/** A fact of every file of a body, whatever its state, and of a person's own. */
async function factsOfBody<T extends object>(
  from: Db,
  kind: FactKind<T>,
  body: string | undefined,
  person: PersonKey,
): Promise<T[]> {
  const own = from.select({ id: membersNow.acquisitionId }).from(membersNow).where(isMember(person));
  const mine = inArray(acquisitions.id, own);
  const files = from
    .select({ id: acquisitions.id })
    .from(acquisitions)
    .where(body === undefined ? mine : or(eq(acquisitions.organizationId, body), mine));
  const rows = await from
    .select({ value: acquisitionFacts.value })
    .from(acquisitionFacts)
    .where(and(eq(acquisitionFacts.key, kind.key), inArray(acquisitionFacts.acquisitionId, files)));
  return rows.map(({ value }) => readAs(kind, value));
}

/** What the features know of the files, each kind of fact declared by the feature that tells it. */
export function buildFacts(db: Db, clock: Clock) {
  /** Writes a fact of each of several files; the ids of those that did not say so already. */
  async function writeFacts<T extends object>(
    tx: Tx,
    kind: FactKind<T>,
    told: ReadonlyMap<string, T>,
  ): Promise<string[]> {
    if (told.size === 0) return [];
    const updatedAt = asDate(clock.now());
    const { acquisitionId, key, value, revision } = acquisitionFacts;
    const written = await tx
      .insert(acquisitionFacts)
      .values(
        [...told].map(([id, fact]) => ({
          acquisitionId: id,
          key: kind.key,
          value: kind.schema.parse(fact),
          updatedAt,
        })),
      )
      .onConflictDoUpdate({
        target: [acquisitionId, key],
        set: { value: sql`excluded.value`, updatedAt, revision: sql`${revision} + 1` },
        setWhere: sql`${value} is distinct from excluded.value`,
      })
      .returning({ id: acquisitionId });
    return written.map(({ id }) => id);
  }

  /** Writes a fact; false, and nothing happens, where the file says so already. */
  const writeFact = async <T extends object>(
    tx: Tx,
    id: string,
    kind: FactKind<T>,
    told: T,
  ): Promise<boolean> => (await writeFacts(tx, kind, new Map([[id, told]]))).length === 1;

  return {
    readFacts,
    readFact,
    writeFact,
    writeFacts,
    factsOfBody,

    /** When a fact of a file was last changed; undefined where nothing is known. */
    async factWrittenAt(from: Db, id: string, { key }: FactKind<object>): Promise<Date | undefined> {
      const [row] = await rowsAt(from, placeOf(id, key));
      return row?.updatedAt;
    },

    /** The open files of which one of some facts is known, by id. */
    async openWith(...kinds: readonly FactKind<object>[]): Promise<string[]> {
      const keys = kinds.map(({ key }) => key);
      const rows = await db
        .selectDistinct({ id: acquisitions.id })
        .from(acquisitionFacts)
        .innerJoin(acquisitions, eq(acquisitions.id, acquisitionFacts.acquisitionId))
        .where(and(inArray(acquisitionFacts.key, keys), eq(acquisitions.state, 'open')))
        .orderBy(acquisitions.id);
      return rows.map(({ id }) => id);
    },

    /** Writes what a file is about, so that those whom a change concerns can be told. */
    async concern(
      tx: Tx,
      id: string,
      kind: keyof typeof CONCERN_FACTS,
      topics: readonly string[],
    ): Promise<void> {
      await writeFact(tx, id, CONCERN_FACTS[kind], { topics });
    },
  };
}
