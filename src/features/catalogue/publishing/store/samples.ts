import { and, asc, desc, eq, isNull, min, not, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { House } from '../../../../core/manifest.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Turn } from '../../../../core/turn.ts';
import type { Audit } from '../../../people/index.ts';
import { lockSuppliers } from '../../fiche/store/publishing.ts';
import { ficheVersions } from '../../tables.ts';

interface SampleSupplier {
  readonly id: string;
  readonly name: string;
  readonly offers: readonly string[];
}

/** What leaves the catalogue with the examples, and what stays. */
export interface Samples {
  /** Suppliers of whom nothing is left in force, by id. */
  readonly leaving: readonly SampleSupplier[];
  /** How many suppliers have an example beside a fiche of their own in force, which stays. */
  readonly beside: number;
  /** How many suppliers have a fiche of their own. */
  readonly real: number;
  /** How many files and contracts rest on what leaves. */
  readonly resting: readonly { readonly noun: readonly [string, string]; readonly count: number }[];
}

const first = alias(ficheVersions, 'first');
/** A version that was installed as an example, and each correction of it. */
const isSample = sql<boolean>`exists (select 1 from ${ficheVersions} ${first} where ${first.supplierId} = ${ficheVersions.supplierId}
  and ${first.version} = ${ficheVersions.version} and ${first.edition} = 0 and ${first.origin} = 'sample')`;
const stays = isNull(ficheVersions.removedAt);

const sampleSuppliers = (from: Db): Promise<SampleSupplier[]> =>
  from
    .selectDistinctOn([ficheVersions.supplierId], {
      id: ficheVersions.supplierId,
      name: sql<string>`${ficheVersions.content} -> 'supplier' ->> 'name'`,
      offers: sql<string[]>`jsonb_path_query_array(${ficheVersions.content}, '$.offers[*].id')`,
    })
    .from(ficheVersions)
    .where(and(stays, isSample))
    .orderBy(asc(ficheVersions.supplierId), desc(ficheVersions.version), desc(ficheVersions.edition));

/** The fictional suppliers that a trial begins with: an office that begins for good takes them away in one gesture. */
export function buildSamples(db: Db, clock: Clock, audit: Audit, { relying }: Pick<House, 'relying'>) {
  return {
    /** Whether there are any. */
    any: async (): Promise<boolean> =>
      (await db.$count(ficheVersions, and(stays, eq(ficheVersions.origin, 'sample')))) > 0,

    async read(): Promise<Samples> {
      const now = asDate(clock.now());
      const samples = await sampleSuppliers(db);
      const real = await db
        .select({ id: ficheVersions.supplierId, since: min(ficheVersions.effectiveAt) })
        .from(ficheVersions)
        .where(and(stays, not(isSample)))
        .groupBy(ficheVersions.supplierId);
      const own = new Set(real.flatMap(({ id, since }) => (since && since <= now ? [id] : [])));
      const leaving = samples.filter(({ id }) => !own.has(id));
      const on = {
        suppliers: leaving.map(({ id }) => id),
        offers: leaving.flatMap(({ offers }) => offers),
      };
      const resting: Samples['resting'][number][] = [];
      if (leaving.length > 0)
        for (const { noun, count } of relying()) resting.push({ noun, count: await count(on) });
      return { leaving, beside: samples.length - leaving.length, real: real.length, resting };
    },

    /** Takes them out of the catalogue, for ever; how many suppliers they were of. Zero when somebody did first. */
    remove: (turn: Turn): Promise<number> =>
      db.transaction(async (tx) => {
        const samples = await sampleSuppliers(tx);
        await lockSuppliers(
          tx,
          samples.map(({ id }) => id),
        );
        const removed = await tx
          .update(ficheVersions)
          .set({ removedAt: asDate(clock.now()) })
          .where(and(stays, isSample))
          .returning({ supplier: ficheVersions.supplierId });
        const suppliers = new Set(removed.map(({ supplier }) => supplier)).size;
        if (suppliers > 0)
          await audit.record(tx, turn.person, 'fiche.removeSamples', `exemples ${suppliers}`);
        return suppliers;
      }),
  };
}
