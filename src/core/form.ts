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

/** A day that a form sends, « 2026-11-02 », in a year that somebody may mean: a slip such as « 0026 » is told. */
export const day = (message: string) =>
  z.iso
    .date(message)
    .refine((text) => text >= '2000' && text < '2100', 'Vérifiez l’année : elle est entre 2000 et 2099.');
