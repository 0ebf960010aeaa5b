import { z } from 'zod';
import { toggle } from '../../../../core/cards/form.ts';
import { Id } from '../../../../core/id.ts';
import {
  CONTRACT_STATES,
  DATED,
  EVERY_CONTRACT,
  REGISTER_ORDERS,
  type RegisterFilter,
} from '../rules/filter.ts';

const PERIOD = /^(20\d\d(-\d\d-\d\d)?)?$/;
const isPeriod = (text: string): boolean =>
  PERIOD.test(text) && (text.length <= 4 || z.iso.date().safeParse(text).success);

/** A filter, of a form, of a button or of a link: what is not understood narrows nothing. */
const choices = {
  words: z.string().trim().max(100).default('').catch(''),
  body: Id.or(z.literal('')).default('').catch(''),
  supplier: z.string().max(100).default('').catch(''),
  state: z.enum(CONTRACT_STATES).default('all').catch('all'),
  dated: z.enum(DATED).default('signed').catch('signed'),
  period: z.string().max(10).refine(isPeriod).default('').catch(''),
  order: z.enum(REGISTER_ORDERS).default('end').catch('end'),
};
export const Filter = z.object({ ...choices, late: z.boolean().catch(false) });

/** A filter as the buttons that keep it carry it. */
export const filterWord = (filter: Partial<RegisterFilter>): string =>
  JSON.stringify({ ...EVERY_CONTRACT, ...filter });

function filterOf(word: string): RegisterFilter {
  try {
    const read = Filter.safeParse(JSON.parse(word));
    return read.success ? read.data : EVERY_CONTRACT;
  } catch {
    return EVERY_CONTRACT;
  }
}

/** A page of the register: as it was seen, whatever some clients send beside it, or as the form now says. */
export const List = z
  .object({
    page: z.int().min(1).max(10_000).default(1),
    seen: z.string().max(800).optional(),
    lateOnly: toggle.catch(false),
    ...choices,
  })
  .transform(({ page, seen, lateOnly, ...rest }) => ({
    page,
    filter: seen === undefined ? { ...rest, late: lateOnly } : filterOf(seen),
  }));

/** A contract, the page of its duties, and the list from which it was opened. */
export const Case = z.object({
  contract: Id,
  page: z.int().min(1).max(10_000).default(1),
  seen: z.string().max(800).default(''),
});

/** What a link to a file of the register stands for. */
export const FileOf = z.strictObject({ tenantId: z.string(), objectId: z.string(), filter: Filter });
