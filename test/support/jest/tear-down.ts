export { stop as default } from './server-of-run.ts';
