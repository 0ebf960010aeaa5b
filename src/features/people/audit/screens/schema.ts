import { z } from 'zod';
import { day } from '../../../../core/cards/form.ts';

const DATE = 'Choisissez une date.';
const LONG = 'C’est trop long : 100 caractères au plus.';
const text = z.string(LONG).trim().max(100, LONG).default('');
const date = day(DATE).or(z.literal('')).default('');

const Filters = z.object({
  kind: z.string().max(40).default(''),
  object: text,
  person: text,
  from: date,
  to: date,
});

/** A page further of what was looked for, whatever was typed since. */
const Further = z
  .object({ page: z.int().min(1).max(100_000), sought: Filters })
  .transform(({ page, sought }) => ({ ...sought, page }));

/** What is looked for in the journal; empty where it does not matter. */
export const Wanted = Further.or(Filters.transform((typed) => ({ ...typed, page: 1 })));
export type Wanted = z.output<typeof Wanted>;
