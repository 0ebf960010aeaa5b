import { enableCompileCache } from 'node:module';
import { CourtierError } from './core/errors.ts';
import { endOnCrash } from './crash.ts';

enableCompileCache();

try {
  // The database opens while the rest is still being loaded.
  const { readConfig } = await import('./config.ts');
  const config = readConfig(process.env);
  const [{ buildLog }, { openStorage }] = await Promise.all([
    import('./edges/observability/index.ts'),
    import('./edges/storage/index.ts'),
  ]);
  const log = buildLog(config.logLevel);
  const onCrash = endOnCrash(log);
  const opening = openStorage(config, log);
  opening.catch(() => {});
  const { start } = await import('./app.ts');
  const running = await start(config, opening, log);
  onCrash(() => running.stop());
  log.info({ port: running.port }, 'ready');
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  if (!(error instanceof CourtierError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
