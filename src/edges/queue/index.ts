export { buildQueue, type JobEngine } from './queue.ts';
