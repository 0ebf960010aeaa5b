import type { Socket } from 'node:net';
import pg from 'pg';
import type { Log } from '../../core/ports/log.ts';
import { NoConnection } from '../../core/rows/database-trouble.ts';
import type { Connection } from './connection.ts';
import { PreparingClient } from './prepared.ts';

/** What a pooled client has and its types leave out. */
interface Wired {
  readonly connection: {
    readonly stream: Socket;
    on(event: 'errorMessage', listener: (message: { readonly code?: string }) => void): void;
  };
}

/** How many connections, and how long one waits: for a lock, for a whole statement. */
export interface Patience {
  readonly most: number;
  /** How long a free connection is waited for. */
  readonly connectMs: number;
  readonly lockMs: number;
  readonly statementMs: number;
  /** How long a connection stays that nobody needs: a minute where it is not said. One stays however long that is. */
  readonly unusedMs?: number;
}

/**
 * A client that never came is told apart from any other network error; one that is lost goes back by itself: drizzle
 * keeps for ever a client whose `begin` fails.
 */
class Pool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void;
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (!callback)
      return super.connect().then(goesBackWhenLost, (cause: unknown) => {
        throw new NoConnection(cause);
      });
    super.connect((error, client, done) => callback(error && new NoConnection(error), client, done));
    return undefined;
  }
}

function goesBackWhenLost(client: pg.PoolClient): pg.PoolClient {
  const release = client.release.bind(client);
  const lost = () => client.release(new Error('the connection was lost'));
  let held = true;
  client.release = (error) => {
    if (!held) return;
    held = false;
    client.off('end', lost);
    release(error);
  };
  client.once('end', lost);
  return client;
}

/**
 * Connections to a server. Those that break are reported and replaced; one on which nothing comes back, longer than
 * any statement may last, has lost its other end without a word, and is cut. `refused` hears the SQLSTATE of
 * each statement that the server refuses.
 */
export function buildPool(
  to: Connection,
  { most, connectMs, lockMs, statementMs, unusedMs = UNUSED_MS }: Patience,
  log: Log,
  refused: (code: string) => void,
): pg.Pool {
  const pool = new Pool({
    ...to,
    Client: PreparingClient,
    max: most,
    min: KEPT,
    idleTimeoutMillis: unusedMs,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_MS,
    lock_timeout: lockMs,
    statement_timeout: statementMs,
    // The server, too, lets go of what a lost transaction had locked.
    idle_in_transaction_session_timeout: IDLE_MS,
    application_name: 'courtier',
  });
  // The pool listens to its idle connections only: one that breaks in the middle of a query would end the process.
  pool.on('connect', (client) => {
    client.on('error', (err) => log.warn({ err }, 'database connection lost'));
    const { connection } = client as unknown as Wired;
    connection.stream.on('timeout', () => connection.stream.destroy(new Error('the database is silent')));
    connection.on('errorMessage', ({ code }) => refused(code ?? ''));
  });
  // A connection that nobody uses has nothing to hear.
  const hears = (client: pg.PoolClient, ms: number): void =>
    void (client as unknown as Wired).connection.stream.setTimeout(ms);
  pool.on('acquire', (client) => hears(client, statementMs * 1.25));
  pool.on('release', (_error, client) => hears(client, 0));
  pool.on('error', () => {});
  return pool;
}

/** How long a transaction may do nothing. */
const IDLE_MS = 20_000;
/** Connections that stay: whoever writes after a quiet minute does not wait for one, nor for its first plans. */
const KEPT = 1;
const UNUSED_MS = 60_000;
/** What a connection prepared, and who it said it was, are renewed. */
const LIFETIME_SECONDS = 3_600;
/** How long a connection is silent before the system asks whether its other end is there: sooner than a network forgets it. */
const PROBE_MS = 10_000;
