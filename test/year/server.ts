import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { silent } from '../support/delivery.ts';
import { MIGRATED, runOn, SERVER_OF_RUN, startPostgres } from '../support/postgres-server.ts';

/**
 * The server of PostgreSQL on which each year of a run has a database of its own: that of DATABASE_URL, whose user may
 * create databases, or one that is started for the run.
 */
export async function serverOfRun(): Promise<{ stop(): Promise<void> }> {
  const { DATABASE_URL: given } = process.env;
  if (!given) {
    const own = await startPostgres();
    process.env[SERVER_OF_RUN] = own.url;
    return own;
  }
  const template = Object.assign(new URL(given), { pathname: MIGRATED }).toString();
  await runOn(given, `drop database if exists ${MIGRATED} with (force)`);
  await runOn(given, `create database ${MIGRATED} template template0`);
  const storage = openPostgres(template, silent);
  await storage.migrate();
  await storage.close();
  process.env[SERVER_OF_RUN] = given;
  return {
    async stop() {
      await runOn(given, `drop database if exists ${MIGRATED} with (force)`);
    },
  };
}
