export { buildQueue, type JobEngine } from './queue.ts';
export { prepareEmbeddedQueue, prepareQueue } from './schema.ts';
