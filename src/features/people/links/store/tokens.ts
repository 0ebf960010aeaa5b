import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { buildSigning } from './signing-key.ts';

/** What a link of the release before said by itself; a later release drops it. */
const Payload = z.strictObject({
  kind: z.string(),
  /** Epoch seconds. */
  until: z.int(),
  subject: z.unknown(),
});
export type FormerLink = z.output<typeof Payload>;

const LONGEST_TOKEN = 2_000;
/** Its id, the number of the key that signed it where that is not the first, and its signature. */
const TOKEN = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.(?:([2-9]|[1-9]\d{1,5})\.)?([\w-]{43})$/;

/** What the address of a link says: which it is, or for those of the release before, what it is for. */
export type Read = { readonly id: string } | { readonly former: FormerLink };

/**
 * The secret of a link is drawn from its id and a key of the installation, whose number it says: it is kept nowhere. Whoever has no good
 * one is told so before anything is looked for.
 */
export function buildTokens(db: Db, clock: Clock) {
  const { sign, signedBy } = buildSigning(db, clock);

  /** Compared as they are written: a signature of 32 bytes can be written in four ways, one of which is ours. */
  async function holds(text: string, signature: string, number = 1): Promise<boolean> {
    const signed = await signedBy(number, text);
    if (!signed) return false;
    const [given, expected] = [Buffer.from(signature), Buffer.from(signed.toString('base64url'))];
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  return {
    async of(id: string): Promise<string> {
      const { number, signature } = await sign(`page:${id}`);
      return [id, ...(number === undefined ? [] : [number]), signature.toString('base64url')].join('.');
    },

    /** Undefined for a token that is not ours. */
    async read(token: string): Promise<Read | undefined> {
      if (token.length > LONGEST_TOKEN) return undefined;
      const [, id, number, secret] = TOKEN.exec(token) ?? [];
      if (id && secret) return (await holds(`page:${id}`, secret, Number(number ?? 1))) ? { id } : undefined;
      const [body = '', signature = ''] = token.split('.');
      if (!(await holds(body, signature))) return undefined;
      return { former: Payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString())) };
    },
  };
}
