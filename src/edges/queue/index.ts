export { buildQueue, type JobEngine } from './queue.ts';
export { prepareQueue } from './schema.ts';
