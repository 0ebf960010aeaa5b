import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const underWay = new AsyncLocalStorage<string>();

/**
 * The id of what is under way: an activity of Teams, then each job and each delivery that it caused, in whatever process.
 * The log says it on each line. It is drawn by chance and names nobody; its form is that of a trace of OpenTelemetry.
 */
export const traceId = (): string | undefined => underWay.getStore();

/** What keeps how long each piece of work took; `begin` gives what ends it, with what it failed of. */
export interface Spans {
  begin(trace: string, name: string): (failure?: unknown) => void;
}

let spans: Spans | undefined;
/** Where the work of this process is kept from now on, if anywhere: where a collector is configured. */
export const keepSpans = (kept: Spans | undefined): void => {
  spans = kept;
};

/** Does some work under an id: the one of what caused it, or a new one. Its name is one of a few. */
export const traced = <T>(
  id: string | null | undefined,
  name: string,
  work: () => Promise<T>,
): Promise<T> => {
  const trace = id ?? randomBytes(16).toString('hex');
  return underWay.run(trace, async () => {
    const end = spans?.begin(trace, name);
    try {
      const done = await work();
      end?.();
      return done;
    } catch (failure) {
      end?.(failure);
      throw failure;
    }
  });
};
