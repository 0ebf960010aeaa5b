export { type Running, start } from './app/lifecycle.ts';
export { CARDS_FOLDER, HOLIDAYS_FILE } from './app/paths.ts';
export { LONGEST_STOP_MS } from './app/stopping.ts';
