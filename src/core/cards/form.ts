import { z } from 'zod';
import { latinDigits, wholeOf } from '../text/digits.ts';
import { dayOf, monthsOf } from '../text/typed.ts';
import { SURE } from './refused.ts';

/** What a choice of several sends, « courriel,visioconférence », « ,courriel » or, from some clients, « courriel;tableur », as the list of what is chosen. */
export const chosenOf = (text: string): string[] => text.split(/[,;]/).flatMap((each) => each.trim() || []);

const atMost = (most: number): string => `Choisissez-en au plus ${most}.`;

/** What a choice of several sends, as a list of at most so many. */
export const several = <T extends string>(item: z.ZodType<T, string>, most: number, message = atMost(most)) =>
  z.string().max(4_000).default('').transform(chosenOf).pipe(z.array(item).max(most, message));

/** What a choice of several sends, of a form that may not ask it: undefined then. */
export const severalIfAsked = <T extends string>(item: z.ZodType<T, string>, most: number) =>
  z
    .string()
    .max(4_000)
    .transform(chosenOf)
    .pipe(z.array(item).max(most, atMost(most)))
    .optional();

/** A day of the calendar, « 2026-11-02 », in a year that somebody may mean: a slip such as « 0026 » is told. */
export const calendarDay = (message: string) =>
  z.iso
    .date({ error: message, abort: true })
    .refine((text) => text >= '2000' && text < '2100', 'Vérifiez l’année : elle est entre 2000 et 2099.');

/** True for what is written as a day and is none, « 2026-02-30 ». */
const isNoDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !z.iso.date().safeParse(text).success;

/** A day that a form sends, as people write it: « 2026-11-02 », « 2 novembre 2026 ». */
export const day = (message: string) =>
  z
    .string(message)
    .max(40, message)
    .transform((text) => dayOf(text) ?? latinDigits(text).trim())
    .pipe(z.string().refine((text) => !isNoDay(text), `${message} Cette date n’existe pas.`))
    .pipe(calendarDay(message));

/** « 09:00 » of « 9:00 », « 09:00:00 », « 9 h » or « 9 h 00 ». */
function hourOf(text: string): string {
  const said = latinDigits(text).trim();
  const [, hours, minutes] = /^(\d{1,2})(?::(?=\d)|\s?h\s?)(\d\d)?(?::\d\d)?$/i.exec(said) ?? [];
  return hours === undefined ? said : `${hours.padStart(2, '0')}:${minutes ?? '00'}`;
}

/** An hour that a form sends, « 14:30 ». */
export const hour = (message: string) =>
  z
    .string(message)
    .max(40, message)
    .transform(hourOf)
    .pipe(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, message));

/** A whole number that a form sends, as a text or as a number. */
export const whole = (least: number, most: number, message: string) =>
  z
    .union([z.string().max(100, message), z.number()], message)
    .transform((given) => wholeOf(String(given)))
    .pipe(z.int(message).min(least, message).max(most, message));

/** A length in months that a form sends, « 24 », « 24 mois » or « 2 ans ». */
export const months = (most: number, message: string) =>
  z
    .union([z.string().max(100, message), z.number()], message)
    .transform((given) => monthsOf(String(given)))
    .pipe(z.int(message).min(1, message).max(most, message));

/** Whether what was asked about a form is meant. */
export const sure = { [SURE]: z.literal('yes').optional() } as const;

/** What is switched on or off. */
export const toggle = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

/** The largest whole number that a column of the database holds. */
export const LARGEST = 2_147_483_647;
/** Which version of something a card was drawn from. */
export const revision = (least = 1) => z.int().min(least).max(LARGEST);
