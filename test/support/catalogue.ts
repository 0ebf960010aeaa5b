import { HOLIDAYS_FILE } from '../../src/app/paths.ts';
import { buildBusinessDays } from '../../src/core/time/business-days.ts';
import { readHolidays } from '../../src/edges/calendar/index.ts';
import { CATALOGUE_FOLDER, type Fiche, readFiches } from '../../src/features/catalogue/index.ts';

/** The calendar that ships with the assistant. */
export const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));

/** The sample fiches, read once. */
export const samples: readonly Fiche[] = readFiches(CATALOGUE_FOLDER, days);

/** Of each supplier, the newest of them. */
export const newest: readonly Fiche[] = [
  ...new Map(samples.map((fiche) => [fiche.supplier.id, fiche])).values(),
];

export const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
