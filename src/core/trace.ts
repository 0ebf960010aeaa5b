import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const underWay = new AsyncLocalStorage<string>();

/**
 * The id of what is under way: an activity of Teams, then each job and each delivery that it caused, in whatever process.
 * The log says it on each line. It is drawn by chance and names nobody; its form is that of a trace of OpenTelemetry.
 */
export const traceId = (): string | undefined => underWay.getStore();

/** Does some work under an id: the one of what caused it, or a new one. */
export const traced = <T>(id: string | null | undefined, work: () => T): T =>
  underWay.run(id ?? randomBytes(16).toString('hex'), work);
