import { type Environment, readConfig } from '../config.ts';
import { buildLog } from '../edges/observability/index.ts';
import { openStorage, type Storage } from '../edges/storage/index.ts';

/** Runs on the database, brought to the newest version first; the embedded one is refused while the assistant has it. */
export async function withDatabase<T>(env: Environment, work: (db: Storage['db']) => Promise<T>): Promise<T> {
  const storage = await openStorage(readConfig(env), buildLog('warn'), { waitMs: 0 });
  try {
    await storage.migrate();
    return await work(storage.db);
  } finally {
    await storage.close();
  }
}
