import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { DeliveryError } from '../../src/core/errors.ts';
import type { Db } from '../../src/core/ports/db.ts';
import { notice } from '../../src/core/routes/notices.ts';
import { buildConversations, buildDelivery } from '../../src/edges/delivery/index.ts';
import { openPostgres } from '../../src/edges/storage/postgres.ts';
import { countOf } from './rows.ts';

/** A process that only delivers, for tests that kill it. It ends by itself when nothing is left to do. */
async function work(env: NodeJS.ProcessEnv): Promise<void> {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const storage = openPostgres(env.WORKER_DATABASE ?? '', log);
  const ahead = { milliseconds: Number(env.WORKER_AHEAD_MS ?? 0) };
  const clock = { now: () => Temporal.Now.instant().add(ahead) };
  const rules = { hours: 'any', pausable: false, priority: 2 } as const;
  const unused = () => {
    throw new DeliveryError('dead', 'failed');
  };
  const { pump } = buildDelivery({
    db: storage.db,
    clock,
    log,
    queue: { enqueue: async () => {}, publish: async () => {} },
    rate: Number(env.WORKER_RATE),
    conversations: buildConversations(storage.db, clock),
    hours: { onOrAfter: (at) => at, opening: () => clock.now() },
    messenger: {
      send: ({ id }, text) => post(`${env.WORKER_TEAMS}v3/conversations/${id}/activities`, text),
      update: unused,
      remove: unused,
      reopen: unused,
    },
    notices: [
      notice({ kind: 'broadcast', policy: 'once', ...rules }, z.looseObject({}), async () => 'broadcast'),
      notice({ kind: 'sure', policy: 'surely', ...rules }, z.looseObject({}), async () => 'sure'),
    ],
    services: () => ({}),
    leadMs: 100,
    observe(step) {
      if (step === env.WORKER_STRIKE) process.kill(process.pid, 'SIGKILL');
    },
  });
  // A moment that came too late is given back; at this rate the next is seconds away, and is waited for.
  for (let left = true; left; left = await hasDue(storage.db, clock.now())) await pump.drain();
  await storage.close();
}

/** Whether something may be sent already, asked a moment later. */
async function hasDue(db: Db, now: Temporal.Instant): Promise<boolean> {
  await setTimeout(100);
  const due = sql`deliveries where state = 'pending' and due_at <= ${now.toString()}::timestamptz`;
  return (await countOf({ db }, due)) > 0;
}

async function post(url: string, text: unknown): Promise<string> {
  const id = decodeURIComponent(url.split('/').at(-2) ?? '');
  const conversation = { id, tenantId: '11111111-1111-4111-8111-111111111111' };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'message', text, conversation }),
  }).catch((cause: unknown) => {
    throw new DeliveryError('unknown', 'noAnswer', { cause });
  });
  if (response.status === 429)
    throw new DeliveryError('retry', 'throttled', {
      retryAfterSeconds: Number(response.headers.get('retry-after')),
    });
  if (!response.ok) throw new DeliveryError('unknown', 'failed');
  return ((await response.json()) as { id: string }).id;
}

work(process.env).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
