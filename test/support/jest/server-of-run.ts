import { type PostgresServer, SERVER_OF_RUN, startPostgres } from '../postgres-server.ts';

let server: PostgresServer | undefined;

/** One PostgreSQL for all suites of a run, which take a database each: a server of its own takes seconds of each. */
export async function start(): Promise<void> {
  server = await startPostgres();
  process.env[SERVER_OF_RUN] = server.url;
}

export async function stop(): Promise<void> {
  await server?.stop();
}
