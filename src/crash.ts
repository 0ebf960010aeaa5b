import type { Log } from './core/ports/log.ts';
import { databaseTrouble } from './core/rows/database-trouble.ts';

/** As long as a stop may take: what cannot end in order by then ends without. */
const PATIENCE_MS = 25_000;

/**
 * From now on an exception that nobody caught is logged in one line, without its message, which may hold people's
 * words, and ends the process with status 1: in order by the `stop` that the returned function is given, at once as
 * long as it has been given none. A connection of the database that breaks when nobody listens to it any more ends nothing.
 */
export function endOnCrash(log: Log): (stop: () => Promise<void>) => void {
  let orderly = async () => {};
  let ending = false;
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      // A library stops listening to a connection before its server is done with it: nobody waits for that one any more.
      if (event === 'uncaughtException' && databaseTrouble(error) === 'away')
        return log.warn(traceOf(error), 'database connection lost');
      log.error({ event, ...traceOf(error) }, 'unexpected exception');
      if (ending) return;
      ending = true;
      setTimeout(() => process.exit(1), PATIENCE_MS).unref();
      orderly()
        .catch(() => {})
        .finally(() => process.exit(1));
    });
  return (stop) => {
    orderly = stop;
  };
}

/** What an exception is and where it was thrown; never what it says. */
function traceOf(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const stack = (error.stack ?? '').split(error.message).join('');
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    stack: stack
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8),
    ...(error.cause !== undefined && { cause: traceOf(error.cause) }),
  };
}
