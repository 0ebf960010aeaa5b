import { type PostgresServer, SERVER_OF_RUN, startPostgres } from '../postgres-server.ts';

/** Among a few rows every plan is as good: each statement is planned once a connection, not its first five times. */
const SMALL = { plan_cache_mode: 'force_generic_plan' };

let server: PostgresServer | undefined;

/** One PostgreSQL for all suites of a run, which take a database each: a server of its own takes seconds of each. */
export async function start(): Promise<void> {
  server = await startPostgres(SMALL);
  process.env[SERVER_OF_RUN] = server.url;
}

export async function stop(): Promise<void> {
  await server?.stop();
}
