import { asc, count, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../../../core/ports/db.ts';
import { audit, auditChain } from '../../tables.ts';
import { type Break, breakOf, type Link, vouches } from '../rules/chain.ts';

const BATCH = 5_000;

/** What the verification of the whole chain says. */
export interface Verified {
  readonly links: number;
  /** The last link that holds; undefined for an empty chain. */
  readonly head: Pick<Link, 'position' | 'hash'> | undefined;
  /** The first link that does not hold. */
  readonly broken: Break | undefined;
  /** Rows without a link. */
  readonly unlinked: number;
  /** Whether a hash that was noted before is in the chain; undefined when none was given. */
  readonly noted: boolean | undefined;
}

const linksAfter = (from: Db, position: number) =>
  from
    .select({
      position: auditChain.position,
      previous: auditChain.previous,
      hash: auditChain.hash,
      row: {
        id: sql<string>`${audit.id}::text`,
        at: sql<string>`(extract(epoch from ${audit.at}) * 1000000)::bigint::text`,
        tenantId: audit.tenantId,
        objectId: audit.objectId,
        action: audit.action,
        object: audit.object,
      },
    })
    .from(auditChain)
    .leftJoin(audit, eq(audit.id, auditChain.auditId))
    .where(gt(auditChain.position, position))
    .orderBy(asc(auditChain.position))
    .limit(BATCH);

/**
 * Reads the whole chain as it is at this moment, and recomputes every link here: the database is not believed. `noted`
 * is the hash of a link that somebody wrote down elsewhere: without it, links taken from the end are not missed.
 */
export function verifyChain(db: Db, noted?: string): Promise<Verified> {
  return db.transaction(
    async (tx) => {
      let [first, last, broken]: [Link?, Link?, Break?] = [];
      let [links, started, found] = [0, false, false];
      for (;;) {
        const batch = await linksAfter(tx, last?.position ?? 0);
        for (const { row, ...rest } of batch) {
          const link: Link = { ...rest, row: row ?? undefined };
          broken ??= breakOf(last, link);
          if (broken) break;
          first ??= link;
          started ||= link.row !== undefined && vouches(link.row, first);
          found ||= link.hash === noted;
          last = link;
          links++;
        }
        if (broken || batch.length < BATCH) break;
      }
      if (!broken && first && first.position > 1 && !started)
        broken = { position: first.position, why: 'start' };
      const [loose] = await tx
        .select({ n: count() })
        .from(audit)
        .leftJoin(auditChain, eq(auditChain.auditId, audit.id))
        .where(isNull(auditChain.auditId));
      return {
        links,
        head: last && { position: last.position, hash: last.hash },
        broken,
        unlinked: loose?.n ?? 0,
        noted: noted === undefined ? undefined : found,
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
