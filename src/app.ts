export { buildServices, type Ports, type Settings } from './app/compose.ts';
export { download, page } from './app/doors.ts';
export { type Running, start } from './app/lifecycle.ts';
export {
  CARDS_FOLDER,
  CATALOGUE_FOLDER,
  CONTRACTS_FILE,
  FORMS_FILE,
  HOLIDAYS_FILE,
  KNOWLEDGE_FOLDER,
  MEETINGS_FILE,
  ROOT,
} from './app/paths.ts';
export { LONGEST_STOP_MS } from './app/stopping.ts';
