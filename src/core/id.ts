import { z } from 'zod';

/** An opaque identifier that a card may carry: it says nothing, and it gives no right. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

export const newId = (): Id => crypto.randomUUID();

/** Of what somebody says are ids, those that can be: the database refuses to look for another one. */
export const idsAmong = (said: readonly string[]): string[] => said.filter((id) => Id.safeParse(id).success);

/** Ids that a card sends together, with commas between them, so many at the most. */
export const idsTogether = (most: number) =>
  z
    .string()
    .max(40 * most)
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(Id).max(most));
