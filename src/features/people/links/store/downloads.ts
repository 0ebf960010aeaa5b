import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { PersonKey } from '../../roster/store/people.ts';
import { downloadLinks } from '../../tables.ts';
import { buildSigning } from './signing-key.ts';

const LIFETIME_MINUTES = 15;
const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Links to a file, good for a quarter of an hour for whoever holds them. The database keeps only a hash. */
export function buildLinks(db: Db, clock: Clock, publicUrl: string) {
  const { sign } = buildSigning(db, clock);
  const address = (token: string) => `${publicUrl}/telechargements/${token}`;
  const expiry = () => asDate(clock.now().add({ minutes: LIFETIME_MINUTES }));

  return {
    async issue(kind: string, subject: object): Promise<string> {
      const token = randomBytes(32).toString('base64url');
      await db.insert(downloadLinks).values({ tokenHash: hash(token), kind, subject, expiresAt: expiry() });
      return address(token);
    },

    /**
     * The link of an effect: while it is good, the same one each time. `along` is written with a new one, or with one
     * that had expired and is good again.
     */
    async issueOnce(
      effect: Id,
      kind: string,
      subject: object,
      along: (tx: Tx) => Promise<unknown> = async () => {},
    ): Promise<string> {
      const { signature } = await sign(`download:${kind}:${effect}`);
      const token = signature.toString('base64url');
      const expiresAt = expiry();
      await db.transaction(async (tx) => {
        const issued = await tx
          .insert(downloadLinks)
          .values({ tokenHash: hash(token), kind, subject, expiresAt })
          .onConflictDoUpdate({
            target: downloadLinks.tokenHash,
            set: { expiresAt },
            setWhere: lte(downloadLinks.expiresAt, asDate(clock.now())),
          })
          .returning({ tokenHash: downloadLinks.tokenHash });
        if (issued.length > 0) await along(tx);
      });
      return address(token);
    },

    /** What a token stands for. Unknown and expired tokens get one and the same refusal. */
    async open(token: string): Promise<{ kind: string; subject: unknown }> {
      const [row] = await db
        .select()
        .from(downloadLinks)
        .where(
          and(eq(downloadLinks.tokenHash, hash(token)), gt(downloadLinks.expiresAt, asDate(clock.now()))),
        );
      if (!row)
        throw new CourtierError(
          'notFound',
          'Ce lien n’est plus valide. Redemandez-le à Courtier dans Teams.',
        );
      return row;
    },

    /** Ends the links that were made for a person. */
    async erase(tx: Tx, { tenantId, objectId }: PersonKey): Promise<void> {
      const subject = JSON.stringify({ tenantId, objectId });
      await tx.delete(downloadLinks).where(sql`${downloadLinks.subject} @> ${subject}::jsonb`);
    },
  };
}

export type Links = ReturnType<typeof buildLinks>;
