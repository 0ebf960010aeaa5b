import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import type { Db } from '../../../../core/ports.ts';
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
const TOKEN = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.([\w-]{43})$/;

/** What the address of a link says: which it is, or for those of the release before, what it is for. */
export type Read = { readonly id: string } | { readonly former: FormerLink };

/**
 * The secret of a link is drawn from its id and the key of the installation: it is kept nowhere. Whoever has no good
 * one is told so before anything is looked for.
 */
export function buildTokens(db: Db, clock: Clock) {
  const sign = buildSigning(db, clock);

  async function holds(text: string, signature: string): Promise<boolean> {
    const given = Buffer.from(signature, 'base64url');
    const expected = await sign(text);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  return {
    of: async (id: string): Promise<string> => `${id}.${(await sign(`page:${id}`)).toString('base64url')}`,

    /** Undefined for a token that is not ours. */
    async read(token: string): Promise<Read | undefined> {
      if (token.length > LONGEST_TOKEN) return undefined;
      const [, id, secret] = TOKEN.exec(token) ?? [];
      if (id && secret) return (await holds(`page:${id}`, secret)) ? { id } : undefined;
      const [body = '', signature = ''] = token.split('.');
      if (!(await holds(body, signature))) return undefined;
      return { former: Payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString())) };
    },
  };
}
