import type { Log } from '../../core/ports.ts';
import type { Storage } from './storage.ts';

export { buildSharedClock } from './clock.ts';
export type { Storage } from './storage.ts';

/** The database of the configuration: a server's, or the embedded one. Only the driver that is used is loaded. */
export async function openStorage(
  { databaseUrl, dataDir }: { readonly databaseUrl: string | undefined; readonly dataDir: string },
  log: Log,
): Promise<Storage> {
  if (databaseUrl) return (await import('./postgres.ts')).openPostgres(databaseUrl, log);
  return (await import('./embedded.ts')).openEmbedded(dataDir);
}
