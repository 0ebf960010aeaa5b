import { enableCompileCache } from 'node:module';
import { CourtierError } from './core/errors.ts';

enableCompileCache();
const [{ readConfig }, { start }] = await Promise.all([import('./config.ts'), import('./app.ts')]);

try {
  const running = await start(readConfig(process.env));
  running.log.info({ port: running.port }, 'ready');
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      running.log.info({ signal }, 'stopping');
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
