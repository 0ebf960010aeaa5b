import { beforeEach, expect, jest, test } from '@jest/globals';
import type { Tx } from '../../src/core/ports/db.ts';
import { fakeTeams } from './fake-teams.ts';

// What the other tests rely on: the queue of the tests keeps the promises of the real one.

const teams = fakeTeams();
const JOB = 'catalogue.takeEffect';
let ran: number;
let failing: boolean;

beforeEach(() => {
  ran = 0;
  failing = false;
  jest.spyOn(teams.services.catalogue.announcements, 'announceDue').mockImplementation(async () => {
    ran++;
    if (failing) throw new Error('on purpose');
  });
});

const enqueue = (tx: Tx, after?: Temporal.Instant) => teams.services.queue.enqueue(tx, JOB, {}, after);

test('what is enqueued in a transaction that rolls back does not run', async () => {
  const undone = teams.db.transaction(async (tx) => {
    await enqueue(tx);
    throw new Error('on purpose');
  });
  await expect(undone).rejects.toThrow('on purpose');
  await teams.runJobs();
  expect(ran).toBe(0);
});

test('what is enqueued in a transaction that commits runs once', async () => {
  await teams.db.transaction((tx) => enqueue(tx));
  await teams.runJobs();
  await teams.runJobs();
  expect(ran).toBe(1);
});

test('a job that failed is tried again', async () => {
  await teams.db.transaction((tx) => enqueue(tx));
  failing = true;
  await teams.runJobs();
  failing = false;
  await teams.runJobs();
  await teams.runJobs();
  expect(ran).toBe(2);
});

test('a job waits for its instant', async () => {
  await teams.db.transaction((tx) => enqueue(tx, teams.clock.now().add({ minutes: 5 })));
  await teams.runJobs();
  expect(ran).toBe(0);
  teams.clock.advance({ minutes: 5 });
  await teams.runJobs();
  expect(ran).toBe(1);
});

test('what a test left is not there for the next one', async () => {
  expect(await teams.jobs.waiting()).toEqual([]);
});
