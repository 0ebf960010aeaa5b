import { join } from 'node:path';
import { ROOT } from './root.ts';

/** The files that come with the code: what the guide says, and what a deployer may change. */
export const CONTENT_FOLDER = join(ROOT, 'content');
