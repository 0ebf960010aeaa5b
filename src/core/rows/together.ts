import DataLoader from 'dataloader';
import { databaseTrouble } from './database-trouble.ts';

/** A statement for more is longer than those who wait for it like. */
const MOST = 50;

/** Once all that arrived is looked at: what came while the process was busy is then known. */
export const atNextRound = (begin: () => void): void => void setImmediate(begin);

/**
 * What is done for one, done for all who ask for it at about the same time: a busy process then asks the database once
 * for many. `work` is given their items, `MOST` at a time, and gives a result for each, in their order; nothing is
 * remembered. One that cannot be done does not fail those that it came with: they are tried again, each alone.
 * `schedule` begins it, once the first has asked: at once, unless one may wait for others.
 */
export function together<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  schedule = atNextRound,
): (item: Item) => Promise<Result> {
  const alone = (item: Item): Promise<Result | Error> =>
    work([item]).then(
      ([result]) => result as Result,
      (cause: unknown) => (cause instanceof Error ? cause : new Error('not done', { cause })),
    );
  const loader = new DataLoader<Item, Result>(
    async (items) => {
      try {
        return await work(items);
      } catch (error) {
        if (items.length === 1 || databaseTrouble(error)) throw error;
        return Promise.all(items.map(alone));
      }
    },
    { cache: false, maxBatchSize: MOST, batchScheduleFn: schedule },
  );
  return (item) => loader.load(item);
}

/** `together` for work that gives nothing back. */
export function writtenTogether<Item>(
  work: (items: readonly Item[]) => Promise<unknown>,
  schedule = atNextRound,
): (item: Item) => Promise<void> {
  return together(async (items) => {
    await work(items);
    return items.map(() => undefined);
  }, schedule);
}
