import { join } from 'node:path';

/** The files that come with the code: what the guide says, and what a deployer may change. */
export const CONTENT_FOLDER = join(import.meta.dirname, '../../content');
