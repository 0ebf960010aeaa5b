import './quick-loading.ts';
import { constants } from 'node:os';
import { CourtierError } from './core/errors.ts';
import { endOnCrash } from './crash.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
type Signal = (typeof SIGNALS)[number];

/** One sentence, and the status of a failure. */
function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Loaded where a collector is configured only: it is as large as the rest. */
async function tracingTo(collector: string) {
  const { traceTo } = await import('./edges/observability/tracing.ts');
  const { codeVersion } = await import('./app/watching.ts');
  return traceTo(collector, codeVersion());
}

/** What a signal does, from the first moment on: the first process of a container hears of none without a listener. */
const atOnce = (signal: Signal): void => process.exit(128 + constants.signals[signal]);
let stop = atOnce;
for (const signal of SIGNALS) process.on(signal, () => stop(signal));

try {
  // The database opens while the rest is still being loaded.
  const { readConfig } = await import('./config.ts');
  const config = readConfig(process.env);
  const [{ buildLog }, { openStorage }] = await Promise.all([
    import('./edges/observability/index.ts'),
    import('./edges/storage/index.ts'),
  ]);
  const log = buildLog(config.logLevel);
  const tracing = config.traceCollector === undefined ? undefined : await tracingTo(config.traceCollector);
  const onCrash = endOnCrash(log);
  const opening = openStorage(config, log);
  opening.catch(() => {});
  const { start, LONGEST_STOP_MS } = await import('./app.ts');
  const running = await start(config, opening, log).catch((err: unknown) => {
    if (err instanceof CourtierError) throw err;
    log.error({ err }, 'start failed');
    return fail('Courtier n’a pas pu démarrer : la cause est dans la dernière ligne du journal.');
  });
  onCrash(() => running.stop());
  stop = (signal) => {
    stop = atOnce;
    log.info({ signal, seconds: config.drainSeconds }, 'stopping');
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    const ended = running.drain(config.drainSeconds).then(() => tracing?.stop());
    ended.then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'stop failed');
        process.exit(1);
      },
    );
  };
  log.info({ port: running.port }, 'ready');
} catch (error) {
  if (!(error instanceof CourtierError)) throw error;
  fail(error.message);
}
