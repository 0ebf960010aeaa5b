import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Content } from '../../../src/core/card.ts';
import { DeliveryError } from '../../../src/core/errors.ts';
import { buildConversations } from '../../../src/edges/delivery/index.ts';
import type { Storage } from '../../../src/edges/storage/index.ts';
import { openPostgres } from '../../../src/edges/storage/postgres.ts';
import { buildKnowledgeBase, KNOWLEDGE_FOLDER, readContent } from '../../../src/features/knowledge/index.ts';
import { buildKnowledge } from '../../../src/features/knowledge/service.ts';
import { deliver, post, resume } from '../../../src/features/knowledge/staff-handlers.ts';
import { buildAudit } from '../../../src/features/people/audit.ts';
import { buildStaffChannel } from '../../../src/features/people/staff-channel.ts';
import { fakeClock } from '../../support/clock.ts';
import { empty } from '../../support/database.ts';
import { silent } from '../../support/delivery.ts';
import { createJobsTable, fakeQueue, type WaitingJob } from '../../support/fake-queue.ts';
import { admin, alex, diane, personalChat, silentTurn, staffRoom } from '../../support/people.ts';
import { postgres } from '../../support/postgres.ts';

// Two processes on one PostgreSQL: one is in the middle of sending while the other starts.

const base = buildKnowledgeBase(readContent(KNOWLEDGE_FOLDER).content);
let server: Awaited<ReturnType<typeof postgres>>;
let storages: readonly [Storage, Storage];
let clock: ReturnType<typeof fakeClock>;
/** What arrived in Teams, from either process. */
let received: { readonly conversation: string; readonly template: string }[];

beforeAll(async () => {
  server = await postgres();
  storages = [openPostgres(server.url, silent), openPostgres(server.url, silent)];
  await storages[0].migrate();
  await createJobsTable(storages[0].db);
});
beforeEach(async () => {
  await empty(storages[0]);
  clock = fakeClock();
  received = [];
});
afterAll(async () => {
  for (const storage of storages) await storage.close();
  await server.stop();
});

/** The services of a process; `sending` is awaited before each message arrives. */
function process({ db }: Storage, sending: (conversation: string) => Promise<void> = async () => {}) {
  const { queue, next, put } = fakeQueue(db, []);
  const conversations = buildConversations(db, clock);
  const audit = buildAudit(db, clock);
  const arrive = async (conversation: string, content: Content): Promise<string> => {
    await sending(conversation);
    const template = typeof content === 'string' ? '' : content.template;
    return `activity-${received.push({ conversation, template })}`;
  };
  const staffChannel = buildStaffChannel(db, clock, audit, queue);
  const knowledge = buildKnowledge({
    base,
    db,
    clock,
    queue,
    conversations,
    staffChannel,
    audit,
    timeZone: 'America/Toronto',
    messenger: {
      send: arrive,
      update: async (conversation, _activity, content) => void (await arrive(conversation, content)),
      remove: async () => {},
      reopen: async (reference) => reference,
    },
  });
  const services = { knowledge, queue, db } as Parameters<typeof resume>[0];
  return {
    knowledge,
    staffChannel,
    start: () => resume(services),
    /** Does the jobs that are due; one that fails waits for the next time. */
    async work(): Promise<void> {
      const failed: WaitingJob[] = [];
      for (let job = await next(clock.now()); job; job = await next(clock.now())) {
        const { name, payload } = job;
        const route = [deliver, post].find((each) => each.name === name);
        try {
          await route?.handle(route.input.parse(payload), services);
        } catch {
          failed.push(job);
        }
      }
      await put(...failed);
    },
  };
}

/** Holds a message up until it is let go. */
function held(conversation: string) {
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  return {
    begun: begun.promise,
    go: go.resolve,
    async sending(to: string): Promise<void> {
      if (to !== conversation) return;
      begun.resolve();
      await go.promise;
    },
  };
}

const of = (template: string) => received.filter((message) => message.template === template);
const turn = silentTurn(alex);

/** A question that waits, with a channel for the staff. */
async function asked({ knowledge, staffChannel }: ReturnType<typeof process>) {
  await staffChannel.designate(admin, staffRoom);
  return knowledge.escalations.open(turn, 'Une grange peut-elle héberger un serveur ?');
}

/** It was posted, and is answered: the answer is to be sent. */
async function answered(first: ReturnType<typeof process>) {
  const { id } = await asked(first);
  await first.work();
  const { revision } = await first.knowledge.escalations.get(id);
  await first.knowledge.escalations.answer(diane, id, revision, 'Non.');
}

test('a process that starts while another sends an answer does not send it again', async () => {
  const answer = held(personalChat(alex).id);
  const [one, two] = [process(storages[0], answer.sending), process(storages[1])];
  await answered(one);
  const working = one.work();
  await answer.begun;
  await two.start();
  await two.work();
  clock.advance({ seconds: 30 });
  await two.work();
  expect(of('knowledge/answered')).toHaveLength(0);
  answer.go();
  await working;
  clock.advance({ minutes: 2 });
  await two.work();
  expect(of('knowledge/answered')).toHaveLength(1);
});

test('an answer whose sending ended with its process is sent by the other, by one of them', async () => {
  const answer = held(personalChat(alex).id);
  const [one, two] = [process(storages[0], answer.sending), process(storages[1])];
  await answered(one);
  const working = one.work();
  await answer.begun;
  const others = [two, process(storages[0]), process(storages[1])];
  for (const other of others) await other.start();
  clock.advance({ seconds: 61 });
  await Promise.all(others.map((other) => other.work()));
  expect(of('knowledge/answered')).toHaveLength(1);
  answer.go();
  await working;
});

test('a process that starts while another posts a question does not post it again', async () => {
  const card = held(staffRoom.id);
  const [one, two] = [process(storages[0], card.sending), process(storages[1])];
  await asked(one);
  const working = one.work();
  await card.begun;
  await two.start();
  await two.work();
  expect(of('knowledge/escalation')).toHaveLength(0);
  card.go();
  await working;
  clock.advance({ minutes: 2 });
  await two.work();
  expect(of('knowledge/escalation')).toHaveLength(1);
});

test('a question that changes while it is being posted is one card, redrawn when it is there', async () => {
  const card = held(staffRoom.id);
  const [one, two] = [process(storages[0], card.sending), process(storages[1])];
  const { id, revision } = await asked(one);
  const working = one.work();
  await card.begun;
  await two.knowledge.escalations.take(diane, id, revision);
  await two.work();
  expect(of('knowledge/escalation')).toHaveLength(0);
  card.go();
  await working;
  clock.advance({ seconds: 5 });
  await two.work();
  const { postActivityId, postedRevision } = await two.knowledge.escalations.get(id);
  expect([postActivityId, postedRevision]).toEqual(['activity-1', revision + 1]);
});

test('a card that Teams did not take for the moment is posted at the next try', async () => {
  let failing = true;
  const one = process(storages[0], async () => {
    if (failing) throw new DeliveryError('retry', 'unavailable');
  });
  await asked(one);
  await one.work();
  failing = false;
  await one.work();
  expect(of('knowledge/escalation')).toHaveLength(1);
});
