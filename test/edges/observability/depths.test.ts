import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { systemClock } from '../../../src/core/clock.ts';
import { job } from '../../../src/core/routes/jobs.ts';
import { depthOf } from '../../../src/edges/delivery/health.ts';
import { deliveries } from '../../../src/edges/delivery/tables.ts';
import { buildQueue, type JobEngine } from '../../../src/edges/queue/index.ts';
import { engine as delivery, personOf, silent } from '../../support/delivery.ts';
import { type Engine, engines } from '../../support/engines.ts';
import { until } from '../../support/process.ts';

const Nothing = z.strictObject({});
const broken = job('test.broken', Nothing, () => Promise.reject(new Error('always')));
const later = job('test.later', Nothing, async () => {});

describe.each(engines)('on $name', ({ open }) => {
  let engine: Engine;
  let queue: JobEngine;
  const ran: string[] = [];
  beforeAll(async () => {
    engine = await open();
    queue = buildQueue(
      engine.storage.engine,
      [broken, later],
      () => ({}),
      silent,
      systemClock,
      (name, outcome) => ran.push(`${name} ${outcome}`),
    );
    await queue.start();
  });
  afterAll(async () => {
    await queue.stop(0);
    await engine.close();
  });
  const depth = async (name: string) => (await queue.depths()).find((each) => each.job === name);

  test('the queue tells of each job what waits, also of those of which nothing does', async () => {
    expect(await depth('test.later')).toEqual({
      job: 'test.later',
      waiting: 0,
      active: 0,
      failed: 0,
      oldestSeconds: 0,
    });
    const { db } = engine.storage;
    await db.transaction((tx) => queue.enqueue(tx, 'test.later', {}, systemClock.now().add({ hours: 1 })));
    // Not due yet: it waits, and nobody waits for it.
    expect(await depth('test.later')).toMatchObject({ waiting: 1, oldestSeconds: 0 });
  });

  test('a job that throws is counted as failed, and waits for its next try', async () => {
    await engine.storage.db.transaction((tx) => queue.enqueue(tx, 'test.broken', {}));
    await until(() => ran.includes('test.broken failed'));
    await until(async () => (await depth('test.broken'))?.waiting === 1);
    expect(await depth('test.broken')).toMatchObject({ active: 0, failed: 0 });
  });

  test('the ledger tells what is due and since when, and what ended within a day', async () => {
    const { db } = engine.storage;
    const { alone } = delivery({ db, clock: systemClock });
    const now = systemClock.now();
    const notice = { kind: 'broadcast', about: 'a', subject: {} };
    await alone.address({ ...notice, key: 'due', at: now.subtract({ minutes: 10 }) }, [personOf(1)]);
    await alone.address({ ...notice, key: 'coming', at: now.add({ hours: 1 }) }, [personOf(1)]);
    await alone.address({ ...notice, key: 'old', at: now }, [personOf(1)]);
    await alone.address({ ...notice, key: 'today', at: now }, [personOf(1)]);
    const dayAgo = new Date(now.subtract({ hours: 25 }).epochMilliseconds);
    await db.update(deliveries).set({ state: 'dead', changedAt: dayAgo }).where(eq(deliveries.notice, 'old'));
    await db.update(deliveries).set({ state: 'dead' }).where(eq(deliveries.notice, 'today'));
    const found = await depthOf(db, systemClock);
    expect(found).toMatchObject({ due: 1, pausedSeconds: 0 });
    expect(found.oldestSeconds).toBeGreaterThanOrEqual(600);
    expect(found.states).toContainEqual({ state: 'pending', n: 2 });
    expect(found.states).toContainEqual({ state: 'dead', n: 1 });
    expect(found.states).toContainEqual({ state: 'unknown', n: 0 });
  });
});
