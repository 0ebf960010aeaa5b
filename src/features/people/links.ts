import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import { CourtierError } from '../../core/errors.ts';
import type { Db } from '../../core/ports.ts';
import { downloadLinks } from './tables.ts';

const LIFETIME_MINUTES = 15;
const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Links to a file, good for a quarter of an hour for whoever holds them. The database keeps only a hash. */
export function buildLinks(db: Db, clock: Clock, publicUrl: string) {
  return {
    async issue(kind: string, subject: object): Promise<string> {
      const token = randomBytes(32).toString('base64url');
      const expiresAt = asDate(clock.now().add({ minutes: LIFETIME_MINUTES }));
      await db.insert(downloadLinks).values({ tokenHash: hash(token), kind, subject, expiresAt });
      return `${publicUrl}/telechargements/${token}`;
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

    async purge(): Promise<void> {
      await db.delete(downloadLinks).where(lt(downloadLinks.expiresAt, asDate(clock.now())));
    },
  };
}

export type Links = ReturnType<typeof buildLinks>;
