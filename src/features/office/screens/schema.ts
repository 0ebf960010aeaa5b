import { z } from 'zod';
import { day, several, toggle } from '../../../core/cards/form.ts';
import { ChosenPerson } from '../../../core/people/chosen-person.ts';
import { EVERYTHING, type Filter, ORDERS, WHOSE } from '../rules/filter.ts';

export const Nothing = z.object({});

const WaitName = z.string().regex(/^[a-zA-Z]{1,40}\/.{1,100}$/);
const targetOf = (text: string) => {
  const at = text.indexOf('/');
  return { kind: text.slice(0, at), id: text.slice(at + 1) };
};
/** « question/… »: what a card names, and the feature that it is of. */
const Wait = WaitName.transform(targetOf);

/** A filter in one word, « mine.late.question.due », for the buttons that keep it. */
export const filterWord = ({ whose, late, genre, order }: Filter): string =>
  [whose, late ? 'late' : '', genre, order].join('.');

const Genre = z
  .string()
  .max(40)
  .regex(/^[a-zA-Z]*$/);
const Choices = z.object({
  whose: z.enum(WHOSE).default('all'),
  late: z.boolean().default(false),
  genre: Genre.default(''),
  order: z.enum(ORDERS).default('due'),
});

function filterOf(word: string): Filter {
  const [whose, late, genre, order] = word.split('.');
  const read = Choices.safeParse({ whose, late: late === 'late', genre, order });
  return read.success ? read.data : EVERYTHING;
}

/** A page of the list: as it was seen, whatever some clients send beside it, or as the form now says. */
export const List = z
  .object({
    page: z.int().min(1).max(10_000).default(1),
    seen: z.string().max(100).optional(),
    whose: z.enum(WHOSE).catch('all'),
    lateOnly: toggle.catch(false),
    genre: Genre.catch(''),
    order: z.enum(ORDERS).catch('due'),
  })
  .transform(({ page, seen, lateOnly, ...rest }) => ({
    page,
    filter: seen === undefined ? { ...rest, late: lateOnly } : filterOf(seen),
  }));

/** The list that something was opened from, and its page; cards of the release before say neither. */
const FromList = z.object({
  seen: z
    .string()
    .max(100)
    .default(filterWord(EVERYTHING))
    .transform((word) => filterOf(word)),
  page: z.int().min(1).max(10_000).default(1),
});
export type FromList = z.output<typeof FromList>;
/** One that nobody opened from a list. */
export const WHOLE_LIST: FromList = { seen: EVERYTHING, page: 1 };
export const Reference = FromList.extend({ wait: Wait });

/** `over`: the colleague whom one was told of, and means to pass over. */
const Gesture = Reference.extend({ over: z.string().max(201).default('') });
export const Take = Gesture;
export const Assignment = Gesture.extend({ colleague: ChosenPerson });
export const PuttingOff = Gesture.extend({ until: day('Choisissez un jour à venir.') });

/** As many as are listed to be ticked. */
export const MANY = 30;
const NONE = 'Cochez au moins une chose.';
/** Those of a list that were ticked, and a page of what may be. */
export const Many = FromList;
const Ticked = FromList.extend({
  chosen: several(WaitName, MANY)
    .refine((names) => names.length > 0, NONE)
    .transform((names) => names.map(targetOf)),
});
export const TakenTogether = Ticked;
export const GivenTogether = Ticked.extend({ colleague: ChosenPerson });
export const PutOffTogether = Ticked.extend({ until: day('Choisissez un jour à venir.') });

export const Absence = z.object({
  first: day('Choisissez le premier jour.'),
  last: day('Choisissez le dernier jour.'),
});

export const AbsenceOf = z.object({
  colleague: ChosenPerson,
  from: day('Choisissez le premier jour.'),
  to: day('Choisissez le dernier jour.'),
});
export const AwayOne = z.object({ away: ChosenPerson });

export const OfDay = z.strictObject({ day: z.iso.date() });
export const OfItem = z.strictObject({ of: z.string(), id: z.string() });
export const OfItems = z.strictObject({ items: z.array(OfItem) });
