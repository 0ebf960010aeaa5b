import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../src/core/ports/db.ts';
import { job } from '../../../src/core/routes/jobs.ts';
import { buildConversations } from '../../../src/edges/delivery/index.ts';
import { buildQueue } from '../../../src/edges/queue/index.ts';
import { openEmbedded } from '../../../src/edges/storage/embedded.ts';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { buildAudit } from '../../../src/features/people/audit/store/audit.ts';
import { buildPeople } from '../../../src/features/people/roster/store/people.ts';
import { fakeClock } from '../../support/clock.ts';
import { seed } from '../../support/database.ts';
import { silent } from '../../support/delivery.ts';
import { alex, diane } from '../../support/people.ts';
import { startPostgres } from '../../support/postgres-server.ts';
import { until } from '../../support/process.ts';

/** Waits for an event, not for time to pass. */
function signal<T>(): { readonly seen: Promise<T>; give(value: T): void } {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { seen: promise, give: resolve };
}

const engines = [
  {
    name: 'PGlite',
    async open() {
      const directory = mkdtempSync(join(tmpdir(), 'courtier-pglite-'));
      const storage = await openEmbedded(directory);
      return {
        storage,
        another: undefined,
        close: async () => rmSync(directory, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'PostgreSQL',
    async open() {
      const server = await startPostgres();
      return {
        storage: openPostgres(server.url, silent),
        another: () => openPostgres(server.url, silent),
        close: () => server.stop(),
      };
    },
  },
];

describe.each(engines)('on $name', ({ open }) => {
  let storage: Storage;
  let another: (() => Storage) | undefined;
  let close: () => Promise<void>;
  let db: Db;

  beforeAll(async () => {
    const opened = await open();
    ({ storage, close } = opened);
    another = opened.another;
    db = storage.db;
    await storage.migrate();
  });
  afterAll(async () => {
    await storage.close();
    await close();
  });

  test('migrating again changes nothing', async () => {
    await storage.migrate();
    await storage.ping();
  });

  test('processes that start together migrate once', async () => {
    if (!another) return;
    const others = [another(), another(), another()];
    await Promise.all(others.map((other) => other.migrate()));
    await Promise.all(others.map((other) => other.close()));
  });

  test('a connection that the server cuts is replaced', async () => {
    if (!another) return;
    await db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'courtier'`,
    );
    await db.execute(sql`select pg_terminate_backend(pg_backend_pid())`).catch(() => {});
    await until(() =>
      storage.ping().then(
        () => true,
        () => false,
      ),
    );
  });

  test('a person is known by tenant and object id, and a new name replaces the old one', async () => {
    const people = buildPeople(db, fakeClock(), []);
    await people.see(alex);
    await people.see({ ...alex, name: 'Alex G.' });
    expect(await people.findPerson(alex)).toMatchObject({ name: 'Alex G.', role: 'client' });
    expect(await people.findPerson({ ...alex, tenantId: 'elsewhere' })).toBeUndefined();
  });

  test('the team is listed as French lists names, accents and case aside', async () => {
    const people = buildPeople(db, fakeClock(), []);
    const names = ['Zoé Adam', 'élise Morin', 'Bruno Caron', 'Élie Roy', 'Eric Côté'];
    for (const [n, name] of names.entries())
      await db.transaction((tx) =>
        people.setRole(tx, { ...diane, objectId: `bbbbbbbb-0000-4000-8000-00000000000${n}`, name }, 'staff'),
      );
    const team = (await people.team()).map(({ name }) => name).filter((name) => names.includes(name));
    expect(team).toEqual(['Bruno Caron', 'Élie Roy', 'élise Morin', 'Eric Côté', 'Zoé Adam']);
  });

  test('what a transaction does is undone when it fails', async () => {
    const people = buildPeople(db, fakeClock(), []);
    const failing = db.transaction(async (tx) => {
      await people.setRole(tx, diane, 'admin');
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await people.roleOf(diane)).toBe('client');
  });

  test('the trail refuses changes', async () => {
    const audit = buildAudit(db, fakeClock());
    await db.transaction((tx) => audit.record(tx, alex, 'test', 'object'));
    await expect(db.execute(sql`update audit set object = 'other'`)).rejects.toMatchObject({
      cause: { message: 'the audit trail is append-only' },
    });
    expect(await audit.auditOf(alex)).toMatchObject([{ action: 'test', object: 'object' }]);
  });

  test('one of ten that claim a welcome gets it', async () => {
    const conversations = buildConversations(db, fakeClock());
    await conversations.remember({
      id: 'c',
      kind: 'channel',
      tenantId: 't',
      serviceUrl: 'https://s',
      botId: 'b',
      botName: 'B',
    });
    const claims = await Promise.all(Array.from({ length: 10 }, () => conversations.claimWelcome('c')));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('a job enqueued in a transaction runs once it commits, and not when it rolls back', async () => {
    const received = signal<string>();
    const seen: string[] = [];
    const work = job('test.work', z.strictObject({ id: z.string() }), async ({ id }) => {
      seen.push(id);
      if (id === 'kept') received.give(id);
    });
    const queue = buildQueue(storage.engine, [work], () => ({}), silent, fakeClock());
    await queue.start();
    await db
      .transaction(async (tx) => {
        await queue.enqueue(tx, 'test.work', { id: 'undone' });
        throw new Error('on purpose');
      })
      .catch(() => {});
    await db.transaction((tx) => queue.enqueue(tx, 'test.work', { id: 'kept' }));
    expect(await received.seen).toBe('kept');
    expect(queue.ready()).toBe(true);
    await queue.stop();
    expect(seen).toEqual(['kept']);
    expect(queue.ready()).toBe(false);
  });

  test('a job waits as long as our clock says, wherever it stands beside the clock of the database', async () => {
    const received = signal<string>();
    const work = job('test.soon', z.strictObject({ id: z.string() }), async ({ id }) => received.give(id));
    const ahead = fakeClock('2030-01-07T15:00:00Z');
    const queue = buildQueue(storage.engine, [work], () => ({}), silent, ahead);
    await queue.start();
    await db.transaction((tx) =>
      queue.enqueue(tx, 'test.soon', { id: 'far' }, ahead.now().add({ hours: 1 })),
    );
    await db.transaction((tx) =>
      queue.enqueue(tx, 'test.soon', { id: 'near' }, ahead.now().add({ milliseconds: 100 })),
    );
    expect(await received.seen).toBe('near');
    await queue.stop();
  });

  test('a job whose payload is not what its schema says does not run', async () => {
    const failed = signal<object>();
    let ran = false;
    const work = job('test.strict', z.strictObject({ id: z.string() }), async () => {
      ran = true;
    });
    const log = { ...silent, error: (data: object) => failed.give(data) };
    const queue = buildQueue(storage.engine, [work], () => ({}), log, fakeClock());
    await queue.start();
    await db.transaction((tx) => queue.enqueue(tx, 'test.strict', { id: 12, intruder: true }));
    expect(await failed.seen).toMatchObject({ job: 'test.strict' });
    expect(ran).toBe(false);
    await queue.stop();
  });
});

test('a directory that another process or handle uses is refused with a sentence, and freed on closing', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'courtier-lock-'));
  await seed(directory);
  const first = await openEmbedded(directory);
  await expect(openEmbedded(directory)).rejects.toThrow('déjà utilisé par un autre processus');
  await first.close();
  const second = await openEmbedded(directory);
  await second.close();
  rmSync(directory, { recursive: true, force: true });
});
