import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Db } from '../../../src/core/ports/db.ts';
import type { Answer, Lease } from '../../../src/core/ports/inbox.ts';
import { effectId } from '../../../src/core/routing/effect.ts';
import { NoConnection } from '../../../src/core/rows/database-trouble.ts';
import { purgeInbox } from '../../../src/edges/inbox/inbox.ts';
import { buildInbox } from '../../../src/edges/inbox/index.ts';
import { connectionOf } from '../../../src/edges/storage/connection.ts';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { buildPool } from '../../../src/edges/storage/pool.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { fakeClock } from '../../support/clock.ts';
import { database, empty } from '../../support/database.ts';
import { silent } from '../../support/delivery.ts';
import { migratedPostgres } from '../../support/postgres.ts';

const engines = {
  async PGlite() {
    return { storage: await database(), stop: async () => {} };
  },
  async PostgreSQL() {
    const server = await migratedPostgres();
    const storage = openPostgres(server.url, silent);
    return { storage, stop: server.stop };
  },
};

const KEY = effectId('event');

describe.each(Object.keys(engines) as (keyof typeof engines)[])('the inbox on %s', (engine) => {
  let storage: Storage;
  let stop: () => Promise<void>;
  let clock: ReturnType<typeof fakeClock>;
  /** As many processes as one likes, on one database. */
  const process = () => buildInbox(storage.db, clock, silent);

  /** A process that works on the event until it is given its answer. */
  async function begun() {
    const answered = Promise.withResolvers<Answer>();
    const begins = Promise.withResolvers<void>();
    const first = process().once(KEY, () => {
      begins.resolve();
      return answered.promise;
    });
    await begins.promise;
    return { first, end: answered.resolve };
  }

  beforeAll(async () => {
    ({ storage, stop } = await engines[engine]());
  });
  afterAll(async () => {
    await storage.close();
    await stop();
  });
  beforeEach(async () => {
    await empty(storage);
    clock = fakeClock();
  });

  test('an event that four processes receive five times each is worked on once, and all give its answer', async () => {
    let worked = 0;
    const work = async (): Promise<Answer> => ({ n: ++worked });
    const answers = await Promise.all(
      Array.from({ length: 4 }, process).flatMap((inbox) =>
        Array.from({ length: 5 }, () => inbox.once(KEY, work)),
      ),
    );
    expect(worked).toBe(1);
    expect(answers).toEqual(Array(20).fill({ n: 1 }));
  });

  test('many events that two processes receive at once, in opposite orders, are each worked on once', async () => {
    const keys = Array.from({ length: 120 }, (_, n) => effectId(`event ${n}`));
    const worked: string[] = [];
    const receive = (inbox: ReturnType<typeof process>, all: readonly string[]) =>
      all.map((key) =>
        inbox.once(key, async () => {
          worked.push(key);
          return { key };
        }),
      );
    const answers = await Promise.all([
      ...receive(process(), keys),
      ...receive(process(), keys.toReversed()),
    ]);
    expect(worked.toSorted()).toEqual(keys.toSorted());
    expect(answers).toEqual([...keys, ...keys.toReversed()].map((key) => ({ key })));
  });

  test('whoever comes while the work goes on waits for its answer', async () => {
    const { first, end } = await begun();
    const second = process().once(KEY, async () => ({ n: 2 }));
    end({ n: 1 });
    expect(await Promise.all([first, second])).toEqual([{ n: 1 }, { n: 1 }]);
  });

  test('an event without an answer is not worked on again', async () => {
    await process().once(KEY, async () => undefined);
    let again = false;
    const answer = await process().once(KEY, async () => {
      again = true;
      return undefined;
    });
    expect([answer, again]).toEqual([undefined, false]);
  });

  test('work that failed is done by whoever comes next', async () => {
    const failing = process().once(KEY, async () => {
      throw new Error('no connector');
    });
    await expect(failing).rejects.toThrow('no connector');
    expect(await process().once(KEY, async () => ({ n: 2 }))).toEqual({ n: 2 });
  });

  test('an event whose process died in the middle is taken up by one of those who receive it again', async () => {
    await storage.db.execute(
      sql`insert into inbox (key, process, claimed_at) values (${KEY}, ${effectId('dead')}, ${clock.now().toString()})`,
    );
    clock.advance({ seconds: 30 });
    let worked = 0;
    const work = async (): Promise<Answer> => ({ n: ++worked });
    expect(await Promise.all([process(), process()].map((inbox) => inbox.once(KEY, work)))).toEqual([
      { n: 1 },
      { n: 1 },
    ]);
  });

  test('a process that stood still past the end of its lease learns that another answered', async () => {
    const stillOurs = async (lease: Lease): Promise<Answer> => {
      const before = await lease.isOurs();
      clock.advance({ seconds: 30 });
      await process().once(KEY, async () => ({ n: 2 }));
      return { before, after: await lease.isOurs() };
    };
    expect(await process().once(KEY, stillOurs)).toEqual({ before: true, after: false });
    expect(await process().once(KEY, async () => ({ n: 3 }))).toEqual({ n: 2 });
  });

  test('a long piece of work that says in time that it goes on is not taken up by another', async () => {
    const others: Promise<Answer>[] = [];
    const goesOn = async (lease: Lease): Promise<Answer> => {
      for (let looks = 0; looks < 3; looks++) {
        clock.advance({ seconds: 24 });
        expect(await lease.isOurs()).toBe(true);
        others.push(process().once(KEY, async () => ({ n: 2 })));
      }
      return { n: 1 };
    };
    expect(await process().once(KEY, goesOn)).toEqual({ n: 1 });
    expect(await Promise.all(others)).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
  });

  test('whoever knows that another works on an event waits for it, although the database goes away', async () => {
    const { first, end } = await begun();
    let looks = 0;
    const failing: Db = Object.create(storage.db, {
      select: {
        value: (...given: []) => {
          if (++looks === 4) end({ n: 1 });
          if (looks < 4) throw new NoConnection(new Error('away'));
          return storage.db.select(...given);
        },
      },
    });
    const second = buildInbox(failing, clock, silent).once(KEY, async () => ({ n: 2 }));
    expect(await Promise.all([first, second])).toEqual([{ n: 1 }, { n: 1 }]);
    expect(looks).toBeGreaterThan(3);
  });

  test('an answer that stands no more is worked out again, once', async () => {
    await process().once(KEY, async () => ({ n: 0 }));
    let worked = 0;
    const work = async (): Promise<Answer> => ({ n: ++worked });
    const stands = (answer: Answer) => (answer as { n: number }).n > 0;
    const answers = await Promise.all([process(), process()].map((inbox) => inbox.once(KEY, work, stands)));
    expect(answers).toEqual([{ n: 1 }, { n: 1 }]);
  });

  test('what nobody delivers again is forgotten after an hour', async () => {
    await process().once(KEY, async () => ({ n: 1 }));
    clock.advance({ minutes: 59 });
    await purgeInbox(storage.db, clock);
    expect(await process().once(KEY, async () => ({ n: 2 }))).toEqual({ n: 1 });
    clock.advance({ minutes: 2 });
    await purgeInbox(storage.db, clock);
    expect(await process().once(KEY, async () => ({ n: 3 }))).toEqual({ n: 3 });
  });
});

test('a process that stands still while it connects asks its database again', async () => {
  const server = await migratedPostgres();
  const patience = { most: 2, connectMs: 300, lockMs: 60_000, statementMs: 60_000 };
  const pools = [0, 1].map(() => buildPool(connectionOf(server.url), patience, silent, () => {}));
  const [one, other] = pools.map((pool) => buildInbox(drizzle(pool), fakeClock(), silent));
  let worked = 0;
  const work = async (): Promise<Answer> => ({ n: ++worked });
  const first = one?.once(KEY, work);
  // Once it is connecting.
  await new Promise(setImmediate);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
  expect(await Promise.all([first, other?.once(KEY, work)])).toEqual([{ n: 1 }, { n: 1 }]);
  await Promise.all(pools.map((pool) => pool.end()));
  await server.stop();
});

test('with the database away, a process works on an event once by itself', async () => {
  const storage = await database();
  await storage.close();
  const inbox = buildInbox(storage.db, fakeClock(), silent);
  let worked = 0;
  const work = async (): Promise<Answer> => ({ n: ++worked });
  expect(await inbox.once(KEY, work)).toEqual({ n: 1 });
  expect(await inbox.once(KEY, work)).toEqual({ n: 1 });
});
