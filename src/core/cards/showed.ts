import { z } from 'zod';
import { canonicalHash } from '../rows/canonical-hash.ts';

/** The key under which a form says what it showed when it was drawn. */
export const SHOWED = 'showed';

/** What tells something that a form showed from any other, without saying it. */
export const markOf = (what: unknown): string => canonicalHash(what).slice(0, 16);

/** What a form showed; forms that say nothing of it showed nothing. */
export const showed = { [SHOWED]: z.string().max(64).default(markOf(undefined)) } as const;
