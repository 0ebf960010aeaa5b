import { PgBoss } from 'pg-boss';

type Query = (
  text: string,
  values?: unknown[],
) => Promise<{ rows: { readonly [column: string]: unknown }[] }>;

/** Creates the engine's own tables, or brings them to its version, on a connection that waits as long as it must. */
export async function prepareQueue(query: Query): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: [...(await query(text, values)).rows] }) },
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await boss.stop({ graceful: false });
}
