export { builtInCalendar } from './built-in.ts';
export { holidayFile, readHolidays } from './holidays.ts';
