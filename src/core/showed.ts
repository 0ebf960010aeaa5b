import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';

/** The key under which a form says what it showed when it was drawn. */
export const SHOWED = 'showed';

/** What tells something that a form showed from any other, without saying it. */
export const markOf = (what: unknown): string =>
  createHash('sha256')
    .update(canonicalize(what) ?? '')
    .digest('hex')
    .slice(0, 16);

/** What a form showed; forms that say nothing of it showed nothing. */
export const showed = { [SHOWED]: z.string().max(64).default(markOf(undefined)) } as const;
