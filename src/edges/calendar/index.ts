export { builtInCalendar } from './built-in.ts';
export { holidayFile, readHolidays } from './holidays.ts';
export { readContractRules, readMeetingRules } from './rules.ts';
