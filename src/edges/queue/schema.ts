import { type ConstructorOptions, fromPglite, PgBoss } from 'pg-boss';
import type { Query } from '../../core/ports/db.ts';

/** Creates the engine's own tables, or brings them to its version, on a connection that waits as long as it must. */
export const prepareQueue = (query: Query): Promise<void> =>
  prepare({ db: { executeSql: async (text, values) => ({ rows: [...(await query(text, values)).rows] }) } });

/** The same in the embedded database, where the engine else does it when it starts. */
export const prepareEmbeddedQueue = (pglite: Parameters<typeof fromPglite>[0]): Promise<void> =>
  prepare({ db: fromPglite(pglite), backend: 'pglite' });

async function prepare(options: ConstructorOptions): Promise<void> {
  const boss = new PgBoss({ ...options, supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });
}
