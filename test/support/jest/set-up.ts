export { start as default } from './server-of-run.ts';
