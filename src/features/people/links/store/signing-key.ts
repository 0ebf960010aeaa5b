import { createHmac, randomBytes } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import { serialize } from '../../../../core/rows/serialize.ts';
import { signingKey, signingKeys } from '../../tables.ts';

/** The first key has no number in the links that it signed. */
const FIRST = 1;
/** How long a process signs with the key that was the newest when it looked. */
const LOOKED_MS = 60_000;

const freshKey = (): string => randomBytes(32).toString('base64url');

/** Keys by their numbers; the highest signs. */
type Keys = ReadonlyMap<number, string>;

/**
 * Signs texts with the newest key of the installation, and says its number; holds signatures of any key that there still
 * is against a text. The first key is made when it is first needed.
 */
export function buildSigning(db: Db, clock: Clock) {
  let loaded: Promise<Keys> | undefined;
  let at = 0;

  async function load(): Promise<Keys> {
    const fresh = { key: freshKey(), createdAt: asDate(clock.now()) };
    await db.insert(signingKey).values(fresh).onConflictDoNothing();
    const [first] = await db.select().from(signingKey);
    if (!first) throw new Error('no signing key');
    const later = await db.select().from(signingKeys);
    return new Map([[FIRST, first.key], ...later.map(({ number, key }) => [number, key] as const)]);
  }

  function keys(again = false): Promise<Keys> {
    const now = clock.now().epochMilliseconds;
    if (loaded && !again && Math.abs(now - at) < LOOKED_MS) return loaded;
    at = now;
    loaded = load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  }

  const signed = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const newest = (known: Keys): number => Math.max(...known.keys());

  return {
    /** By the newest key; `number` is undefined for the first, which says none. */
    async sign(text: string): Promise<{ readonly number: number | undefined; readonly signature: Buffer }> {
      const known = await keys();
      const number = newest(known);
      return {
        number: number === FIRST ? undefined : number,
        signature: signed(known.get(number) ?? '', text),
      };
    },

    /** By the key of a number; undefined when there is none. One that follows the newest known is looked for. */
    async signedBy(number: number, text: string): Promise<Buffer | undefined> {
      const known = await keys();
      const all = number === newest(known) + 1 ? await keys(true) : known;
      const key = all.get(number);
      return key === undefined ? undefined : signed(key, text);
    },
  };
}

/** A new key, which signs from now on, within a minute in each process; its number. What others signed still holds. */
export async function renewKey(tx: Tx, clock: Clock): Promise<number> {
  await serialize(tx, 'signing-keys');
  const [last] = await tx.select().from(signingKeys).orderBy(desc(signingKeys.number)).limit(1);
  const number = (last?.number ?? FIRST) + 1;
  await tx.insert(signingKeys).values({ number, key: freshKey(), createdAt: asDate(clock.now()) });
  return number;
}

/** Takes a key away: what it signed holds no longer. False when there is none of that number, or it is the one that signs. */
export async function retireKey(tx: Tx, number: number): Promise<boolean> {
  await serialize(tx, 'signing-keys');
  const [last] = await tx.select().from(signingKeys).orderBy(desc(signingKeys.number)).limit(1);
  if (!last || number >= last.number) return false;
  if (number !== FIRST)
    return (
      (await tx.delete(signingKeys).where(eq(signingKeys.number, number)).returning({ one: sql`1` })).length >
      0
    );
  // The first is replaced by one that signed nothing: code of the release before looks for it.
  await tx.update(signingKey).set({ key: freshKey() });
  return true;
}
