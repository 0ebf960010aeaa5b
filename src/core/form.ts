import { z } from 'zod';

/** What a choice of several sends, « courriel,visioconférence », as a list of at most so many. */
export const several = <T extends string>(
  item: z.ZodType<T, string>,
  most: number,
  message = `Choisissez-en au plus ${most}.`,
) =>
  z
    .string()
    .max(4_000)
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(item).max(most, message));
