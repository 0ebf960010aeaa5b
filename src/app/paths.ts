import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
export const KNOWLEDGE_FOLDER = join(ROOT, 'content/knowledge');
export const CATALOGUE_FOLDER = join(ROOT, 'content/catalogue');
export const HOLIDAYS_FILE = join(ROOT, 'content/calendar/feries.yaml');
export const MEETINGS_FILE = join(ROOT, 'content/calendar/rencontres.yaml');
export const CONTRACTS_FILE = join(ROOT, 'content/calendar/contrats.yaml');
export const FORMS_FILE = join(ROOT, 'content/evaluations/grille.yaml');
export const CARDS_FOLDER = join(ROOT, 'cards');
