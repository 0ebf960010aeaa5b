import { createHmac, randomBytes } from 'node:crypto';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports.ts';
import { signingKey } from '../../tables.ts';

/** Signs texts with the key of the installation, which is made when it is first needed and read once. */
export function buildSigning(db: Db, clock: Clock) {
  let loaded: Promise<string> | undefined;

  async function load(): Promise<string> {
    const fresh = { key: randomBytes(32).toString('base64url'), createdAt: asDate(clock.now()) };
    await db.insert(signingKey).values(fresh).onConflictDoNothing();
    const [row] = await db.select().from(signingKey);
    if (!row) throw new Error('no signing key');
    return row.key;
  }

  return async (text: string): Promise<Buffer> => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return createHmac('sha256', await loaded)
      .update(text)
      .digest();
  };
}
