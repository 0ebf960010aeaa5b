export { holidayFile, readHolidays } from './holidays.ts';
