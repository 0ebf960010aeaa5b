import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { PageKind } from '../../../../core/manifest.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import { pageLinks as table } from '../../tables.ts';
import { buildLinkEnding } from './link-ending.ts';
import { buildLinkListing } from './link-listing.ts';
import { buildLinkRows, hold, newest, type PageLink, type Purpose, same } from './link-rows.ts';
import { buildTokens, type FormerLink } from './tokens.ts';

/** A link with its address. */
export type Given = PageLink & { readonly url: string };

const invalid = () => new CourtierError('notFound', 'Ce lien ne mène plus à rien.');

interface PageLinkParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly deliveries: Deliveries;
  readonly publicUrl: string;
  readonly pages: () => readonly PageKind[];
}

/**
 * Numbered links to a page, for suppliers who have no account, or to a feed, for calendars. One holds at a time for one
 * thing and one person; what it opens is decided by its feature, at each use.
 */
export function buildPageLinks({ db, clock, audit, deliveries, publicUrl, pages }: PageLinkParts) {
  const tokens = buildTokens(db, clock);
  const rows = buildLinkRows(clock, audit);
  const ending = buildLinkEnding(db, deliveries, rows);
  const { alive, insert } = rows;
  const pageOf = (kind: string) => pages().find((page) => page.kind === kind);

  const withAddress = async (row: PageLink): Promise<Given> => ({
    ...row,
    url: `${publicUrl}/liens/${await tokens.of(row.id)}${pageOf(row.kind)?.suffix ?? ''}`,
  });

  /** A link of the release before joins the others when it is used: unless one in its place was revoked. */
  async function adopted({ kind, until, subject: said }: FormerLink): Promise<PageLink | undefined> {
    const subject = await pageOf(kind)?.subjectOf(said);
    if (!subject || until * 1_000 <= clock.now().epochMilliseconds) return undefined;
    const purpose: Purpose = { kind, subject };
    return db.transaction(async (tx) => {
      await hold(tx, purpose);
      if (await newest(tx, and(same(purpose), isNotNull(table.revokedAt)))) return undefined;
      const held = await newest(tx, and(same(purpose), alive()));
      return held ?? insert(tx, purpose, new Date(until * 1_000));
    });
  }

  return {
    ...buildLinkListing(db, rows),
    revoke: ending.revoke,
    endMadeBy: ending.endMadeBy,
    madeCount: ending.madeCount,

    /** A new link in the place of one, with its address. Otherwise as it is told in `buildLinkEnding`. */
    async replace(...asked: Parameters<typeof ending.replace>): Promise<Given | undefined> {
      const row = await ending.replace(...asked);
      return row && withAddress(row);
    },

    /**
     * The link to something, until an instant at least: the one that holds, or a new one. `by` is whoever asks; nobody
     * for one that a page gives by itself.
     */
    async issue(
      kind: string,
      subject: Purpose['subject'],
      until: Temporal.Instant,
      by?: Person,
    ): Promise<Given> {
      const purpose: Purpose = { kind, subject };
      const row = await db.transaction(async (tx) => {
        await hold(tx, purpose);
        const held = await newest(tx, and(same(purpose), alive()));
        if (!held) return insert(tx, purpose, asDate(until), by);
        if (held.until >= asDate(until)) return held;
        await tx
          .update(table)
          .set({ until: asDate(until) })
          .where(and(eq(table.id, held.id), isNull(table.revokedAt)));
        return { ...held, until: asDate(until) };
      });
      return withAddress(row);
    },

    /** Whether some link to something holds. */
    holds: async (kind: string, subject: Purpose['subject']): Promise<boolean> =>
      (await newest(db, and(same({ kind, subject }), alive()))) !== undefined,

    /** What a link stands for. Forged, expired, revoked and unreadable ones get one and the same refusal. */
    async open(token: string): Promise<{ id: string; kind: string; subject: unknown }> {
      const read = await tokens.read(token);
      if (!read) throw invalid();
      const row =
        'former' in read ? await adopted(read.former) : await newest(db, and(eq(table.id, read.id), alive()));
      if (!row) throw invalid();
      return row;
    },

    /** Writes down the day of a use, once a day. */
    async used(id: string): Promise<void> {
      const today = brokerDate(clock.now()).toString();
      await db
        .update(table)
        .set({ usedOn: today })
        .where(and(eq(table.id, id), or(isNull(table.usedOn), lt(table.usedOn, today))));
    },
  };
}

export type PageLinks = ReturnType<typeof buildPageLinks>;
