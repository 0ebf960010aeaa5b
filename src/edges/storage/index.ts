import type { Log } from '../../core/ports/log.ts';
import type { Storage } from './storage.ts';

export { buildSharedClock } from './clock.ts';
export { type Examined, examine } from './examine.ts';
export type { Storage, Unusable } from './storage.ts';

/** How long a server is waited for: what starts with us may be slower. */
const WAIT_MS = 60_000;

/** Where the database is, and by whose tokens it is opened, when it is not by a password. */
interface Where {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly databaseEntra?: { readonly identity: string | undefined } | undefined;
}

/**
 * The database of the configuration: a server's, or the embedded one. Only the driver that is used is loaded.
 * Throws a `CourtierError` that says what to do, for a server after `waitMs` milliseconds without an answer.
 */
export async function openStorage(
  { databaseUrl, dataDir, databaseEntra }: Where,
  log: Log,
  { waitMs = WAIT_MS }: { readonly waitMs?: number } = {},
): Promise<Storage> {
  if (!databaseUrl) return (await import('./embedded.ts')).openEmbedded(dataDir);
  const [{ openPostgres }, { reach }] = await Promise.all([import('./postgres.ts'), import('./reach.ts')]);
  const token = databaseEntra && (await import('./entra.ts')).entraToken(databaseEntra.identity);
  await reach(databaseUrl, log, waitMs, token);
  return openPostgres(databaseUrl, log, { token });
}
