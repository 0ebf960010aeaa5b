import { join } from 'node:path';
import { CONTENT_FOLDER } from '../core/content.ts';
import { ROOT } from '../core/root.ts';

export const HOLIDAYS_FILE = join(CONTENT_FOLDER, 'calendar/feries.yaml');
export const CARDS_FOLDER = join(ROOT, 'cards');
