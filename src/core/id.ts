import { z } from 'zod';

/** An opaque identifier that a card may carry: it says nothing, and it gives no right. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

export const newId = (): Id => crypto.randomUUID();
