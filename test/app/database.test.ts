import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { TROUBLES } from '../../src/core/rows/database-trouble.ts';
import { typeset } from '../../src/core/text/text.ts';
import type { Storage } from '../../src/edges/storage/index.ts';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { type Assistant, openAssistant } from '../support/assistant.ts';
import { silent } from '../support/delivery.ts';
import { alex } from '../support/people.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { print } from '../support/print.ts';
import { until } from '../support/process.ts';

// The whole assistant on a real PostgreSQL, in real time.

const QUESTION = 'Quels documents faut-il conserver ?';

let server: Awaited<ReturnType<typeof startPostgres>>;
let storage: Storage;
let assistant: Assistant;

beforeAll(async () => {
  server = await startPostgres();
  storage = openPostgres(server.url, silent);
  assistant = await openAssistant(storage);
  // What the first turn loads is not what is measured.
  await assistant.says(alex, QUESTION, 'warm');
  await assistant.answerIn('warm');
});
afterAll(async () => {
  await assistant.close();
  await server.stop();
});

/** Runs on a connection that is not the assistant's. */
async function beside<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const ms = (since: number) => `${Math.round(performance.now() - since)} ms`;

const someone = (n: number) => ({
  ...alex,
  objectId: `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`,
});

const recorded = async (chat: string): Promise<number> => {
  const { rows } = await beside((client) =>
    client.query('select id from questions where conversation_id = $1', [chat]),
  );
  return rows.length;
};

/** Holds a table against everybody while something is done. */
const locking = (table: string, work: () => Promise<void>) =>
  beside(async (client) => {
    await client.query(`begin; lock table ${table} in access exclusive mode`);
    await work();
    await client.query('rollback');
  });

const waitingForLocks = () =>
  beside(async (client) => {
    const { rows } = await client.query(
      `select 1 from pg_stat_activity where application_name = 'courtier' and wait_event_type = 'Lock'`,
    );
    return rows.length;
  });

/** A job and a notice that need no contract; resolves when the one has run and the other is sent. */
const jobAndNotice = () =>
  beside(async (client) => {
    const { rows } = await client.query(`insert into pgboss.job (name) values ('inbox.purge') returning id`);
    await client.query(
      `insert into delivery_lanes (tenant_id, next_at) values ($1, now()) on conflict do nothing`,
      [alex.tenantId],
    );
    await client.query(
      `insert into deliveries (notice, about, kind, subject, tenant_id, object_id, priority, state, due_at, changed_at)
       values ('n', 'a', 'broadcasts.refused', '{"kind": "x"}', $1, $2, 0, 'pending', now(), now())`,
      [alex.tenantId, alex.objectId],
    );
    await until(async () => {
      const job = await client.query('select state from pgboss.job where id = $1', [rows[0]?.id]);
      const notice = await client.query(`select state from deliveries where notice = 'n'`);
      return job.rows[0]?.state === 'completed' && notice.rows[0]?.state === 'sent';
    });
  });

test('a table that is locked stops only what needs it: thirty turns wait for it, and the rest goes on', async () => {
  const chats = Array.from({ length: 30 }, (_, n) => `held-${n}`);
  await locking('contracts', async () => {
    const start = performance.now();
    const held = chats.map((chat, n) => assistant.says(someone(n), 'contrats', chat));
    await until(async () => (await waitingForLocks()) >= 5);

    const others = performance.now();
    await assistant.says(alex, QUESTION, 'question-meanwhile');
    expect(await assistant.answerIn('question-meanwhile')).toContain('AdaptiveCard');
    await assistant.says(alex, 'catalogue', 'catalogue-meanwhile');
    expect(await assistant.answerIn('catalogue-meanwhile')).toContain('AdaptiveCard');
    print(`a question and the catalogue beside 30 turns that wait: ${ms(others)}`);
    expect(await assistant.readiness()).toMatchObject({ status: 200 });

    for (const status of await Promise.all(held)) expect([200, 202]).toContain(status);
    for (const chat of chats) expect(await assistant.answerIn(chat)).toBe(typeset(TROUBLES.busy));
    print(`30 turns on a locked table, each with its sentence: ${ms(start)}`);
    // Teams gives up on a turn after ten to fifteen seconds.
    expect(performance.now() - start).toBeLessThan(15_000);
    await jobAndNotice();
  });
  await assistant.says(alex, 'contrats', 'contracts-after');
  expect(await assistant.answerIn('contracts-after')).toContain('AdaptiveCard');
});

test('it is not ready while its queue does not work, and ready again once it does', async () => {
  await locking('pgboss.job', async () => {
    await until(async () => (await assistant.readiness()).status === 503);
    expect(await assistant.readiness()).toEqual({ status: 503, reason: 'queue' });
  });
  await until(async () => (await assistant.readiness()).status === 200);
});

test('it is not ready when the server refuses to write for want of room', async () => {
  const full = sql`do $$ begin raise exception 'no space left' using errcode = 'disk_full'; end $$`;
  await expect(storage.db.execute(full)).rejects.toMatchObject({ cause: { message: 'no space left' } });
  expect(await assistant.readiness()).toEqual({ status: 503, reason: 'disk' });
});

test('it is not ready on a schema that is newer than its code and says nothing of it', async () => {
  const other = openPostgres(server.url, silent);
  await beside((client) =>
    client.query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9000000000000)`,
    ),
  );
  expect(await other.trouble()).toBe('schema');
  // One that starts does not touch it either.
  await expect(other.migrate()).rejects.toThrow('par une version plus récente de Courtier');
  await beside((client) =>
    client.query(`insert into drizzle.compatibility (newest, serves) values (9000000000000, 0)
                  on conflict (one) do update set newest = excluded.newest, serves = excluded.serves`),
  );
  expect(await other.trouble()).toBeUndefined();
  await other.migrate();
  await other.close();
});

test('a question is answered while the database is away, and recorded once when it is back', async () => {
  assistant.logged.length = 0;
  await server.restart(async () => {
    expect(await assistant.readiness()).toEqual({ status: 503, reason: 'database' });
    expect(await assistant.says(alex, QUESTION, 'away')).toBeLessThan(300);
    expect(await assistant.answerIn('away')).toContain('AdaptiveCard');
    await assistant.says(alex, 'contrats', 'contracts-away');
    expect(await assistant.answerIn('contracts-away')).toBe(typeset(TROUBLES.away));
    expect(assistant.postedIn('away')).toHaveLength(1);
  });
  await until(async () => (await recorded('away')) > 0);
  await until(() => assistant.logged.some(({ message }) => message === 'what was kept is written'));
  expect(await recorded('away')).toBe(1);
  const { rows } = await beside((client) => client.query(`select 1 from conversations where id = 'away'`));
  expect(rows).toHaveLength(1);
  const messages = assistant.logged.map(({ message }) => message);
  expect(messages.filter((message) => message.startsWith('what follows answers'))).toHaveLength(1);
  for (const message of ['turn failed', 'not written after the answer'])
    expect(messages).not.toContain(message);
  await until(async () => (await assistant.readiness()).status === 200);
});
