import { z } from 'zod';
import { revision, several, sure, toggle } from '../../../../core/cards/form.ts';
import { Id } from '../../../../core/id.ts';
import { EVERY_SHEET, SHEET_ACTS, SHEET_STATES, type SheetFilter } from '../rules/sheets.ts';

const page = z.int().min(1).max(10_000).default(1);

/** A filter, of a form or of a button: what is not understood narrows nothing. */
const choices = {
  campaign: Id.or(z.literal('')).default('').catch(''),
  supplier: z.string().max(100).default('').catch(''),
  year: z
    .string()
    .regex(/^(20\d\d)?$/)
    .default('')
    .catch(''),
  state: z
    .enum(['all', ...SHEET_STATES])
    .default('all')
    .catch('all'),
};
const Filter = z.object(choices);

/** A filter as the buttons that keep it carry it. */
export const filterWord = (filter: SheetFilter): string => JSON.stringify(filter);

function filterOf(word: string): SheetFilter {
  try {
    const read = Filter.safeParse(JSON.parse(word));
    return read.success ? read.data : EVERY_SHEET;
  } catch {
    return EVERY_SHEET;
  }
}

/** A page of the sheets: as they were seen, whatever some clients send beside it, or as the form now says. */
export const Sheets = z
  .object({
    page,
    seen: z.string().max(600).optional(),
    // Under names of their own: some clients send the fields of the same card along with any of its buttons.
    inCampaign: choices.campaign,
    ofSupplier: choices.supplier,
    ofYear: choices.year,
    inState: choices.state,
  })
  .transform(({ page, seen, inCampaign, ofSupplier, ofYear, inState }) => ({
    page,
    filter:
      seen === undefined
        ? { campaign: inCampaign, supplier: ofSupplier, year: ofYear, state: inState }
        : filterOf(seen),
  }));

const filtered = z.string().max(600).default('').transform(filterOf);
const NONE = 'Choisissez des fiches, ou toutes celles de la liste.';
const Key = z.string().regex(/^[^,\s]{1,100}:\d{4}$/, NONE);

/** What is about to be released or withdrawn: what was ticked, or all that the filter lets through. */
export const Prepare = z
  .object({
    act: z.enum(SHEET_ACTS),
    /** Each act has boxes of its own: some clients send those of all forms of a card. */
    release: several(Key, 30),
    withdraw: several(Key, 30),
    allRelease: toggle,
    allWithdraw: toggle,
    seen: filtered,
  })
  .transform(({ act, seen: filter, ...given }) => {
    const all = act === 'release' ? given.allRelease : given.allWithdraw;
    return { act, filter, chosen: all ? ('all' as const) : given[act] };
  })
  .refine(({ chosen }) => chosen === 'all' || chosen.length > 0, { message: NONE });

/** The list from which something was about to be done. */
export const KnownSheets = z.object({ seen: filtered, page });

/** What was confirmed, and the marks of what it was drawn from. */
export const OrderSheets = z.object({
  act: z.enum(SHEET_ACTS),
  chosen: z.union([z.literal('all'), several(Key, 30)]),
  seen: filtered,
  marks: z.string().regex(/^[0-9a-f]{64}$/),
});

export const KnownOrder = z.object({ order: Id });
export const SeenOrder = KnownOrder.extend({ revision: revision(), ...sure });
export const ReturnOrder = SeenOrder.extend({
  comment: z.string().trim().max(500, 'Écrivez au plus 500 caractères.').default(''),
});

/** What a notice is about. */
export const OfSheets = z.strictObject({ sheets: Id });
export const SheetsDecision = OfSheets.extend({ revision: revision() });
