import { z } from 'zod';

/** An opaque identifier that a card may carry: it says nothing, and it gives no right. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

export const newId = (): Id => crypto.randomUUID();

/** Of what somebody says are ids, those that can be: the database refuses to look for another one. */
export const idsAmong = (said: readonly string[]): string[] => said.filter((id) => Id.safeParse(id).success);
