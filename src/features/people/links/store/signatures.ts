import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Db } from '../../../../core/ports.ts';
import { buildSigning } from './signing-key.ts';

const Payload = z.strictObject({
  kind: z.string(),
  /** Epoch seconds. */
  until: z.int(),
  subject: z.unknown(),
});

const LONGEST_TOKEN = 2_000;
/** One sentence for every link that does not hold: nothing tells a forged one from one that expired. */
const invalid = () =>
  new CourtierError(
    'notFound',
    'Ce lien n’est plus valide. Demandez-en un nouveau à la personne qui vous l’a transmis.',
  );

/** Signed links for people who have no account: they say what they are for and until when, and cannot be changed. */
export function buildSignatures(db: Db, clock: Clock, publicUrl: string) {
  const sign = buildSigning(db, clock);

  return {
    /** The address of a page. `subject` holds ids, never a name. `suffix` is for programs that want an extension. */
    async issue(kind: string, subject: object, until: Temporal.Instant, suffix = ''): Promise<string> {
      const payload = { kind, until: Math.floor(until.epochMilliseconds / 1_000), subject };
      const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
      return `${publicUrl}/liens/${body}.${(await sign(body)).toString('base64url')}${suffix}`;
    },

    /** What a link is for. A tampered, expired or unreadable one gets one and the same refusal. */
    async open(token: string): Promise<{ kind: string; subject: unknown }> {
      const [body = '', signature = ''] = token.length <= LONGEST_TOKEN ? token.split('.') : [];
      const given = Buffer.from(signature, 'base64url');
      const expected = await sign(body);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalid();
      const { kind, until, subject } = Payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
      if (until * 1_000 <= clock.now().epochMilliseconds) throw invalid();
      return { kind, subject };
    },
  };
}

export type Signatures = ReturnType<typeof buildSignatures>;
