export { HOLIDAYS_COMPILED, listedHolidays } from './base-holidays.ts';
export { builtInCalendar } from './built-in.ts';
export { holidayFile, readHolidays } from './holidays.ts';
