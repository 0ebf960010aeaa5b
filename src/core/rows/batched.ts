import DataLoader from 'dataloader';
import type { PersonKey } from '../people/person-key.ts';
import type { Db } from '../ports/db.ts';
import { atNextRound } from './together.ts';

/** Keys of one statement: a server takes 65,535 values, of which a person is two. */
const MOST = 5_000;

/**
 * A reader of rows by a key, for what is shown in lists: all that is asked for at the same time, through the same handle
 * (a transaction, or none), is read by one statement. Nothing is remembered: what is asked for later is read again.
 */
export function batched<Row>(
  read: (from: Db, keys: string[]) => PromiseLike<readonly Row[]>,
  keyOf: (row: Row) => string | null,
): (from: Db, key: string) => Promise<readonly Row[]> {
  const loaders = new WeakMap<Db, DataLoader<string, readonly Row[]>>();
  const loaderOf = (from: Db) => {
    const loader = new DataLoader<string, readonly Row[]>(
      async (keys) => {
        const rows = Map.groupBy(await read(from, [...new Set(keys)]), keyOf);
        return keys.map((key) => rows.get(key) ?? []);
      },
      { cache: false, maxBatchSize: MOST, batchScheduleFn: atNextRound },
    );
    loaders.set(from, loader);
    return loader;
  };
  return (from, key) => (loaders.get(from) ?? loaderOf(from)).load(key);
}

const nameOf = ({ tenantId, objectId }: PersonKey): string => JSON.stringify([tenantId, objectId]);

/** `batched`, of rows that belong to people. */
export function batchedByPerson<Row extends PersonKey>(
  read: (from: Db, people: PersonKey[]) => PromiseLike<readonly Row[]>,
): (from: Db, person: PersonKey) => Promise<readonly Row[]> {
  const rowsOf = batched(
    (from, names) =>
      read(
        from,
        names.map((name) => {
          const [tenantId = '', objectId = ''] = JSON.parse(name) as string[];
          return { tenantId, objectId };
        }),
      ),
    nameOf,
  );
  return (from, person) => rowsOf(from, nameOf(person));
}
