import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Content } from '../../../../src/core/card.ts';
import { buildDecentHours } from '../../../../src/core/time/decent-hours.ts';
import { buildConversations, buildDelivery } from '../../../../src/edges/delivery/index.ts';
import { buildCatalogueServices } from '../../../../src/features/catalogue/build.ts';
import { dayInForce, digest, inForce } from '../../../../src/features/catalogue/publishing/jobs.ts';
import { subscriptions } from '../../../../src/features/catalogue/tables.ts';
import { buildAudit } from '../../../../src/features/people/audit/store/audit.ts';
import { days } from '../../../support/catalogue.ts';
import { fakeClock } from '../../../support/clock.ts';
import { empty } from '../../../support/database.ts';
import { personOf, reference, silent, TENANT } from '../../../support/delivery.ts';
import { type Engine, engines } from '../../../support/engines.ts';
import { createJobsTable, fakeQueue } from '../../../support/fake-queue.ts';
import { priced } from '../../../support/fiches.ts';
import { shown } from '../../../support/shown-card.ts';

// A price day: the fiches of nearly everybody change at once.

const SUPPLIERS = 201;

describe.each(engines)('on $name', ({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
    await createJobsTable(engine.storage.db);
  });
  beforeEach(() => empty(engine.storage));
  afterAll(() => engine.close());

  test('the notice of a day that changes two hundred and one fiches tells them all, while no job was done yet', async () => {
    const { catalogue, clock, pump, received } = await world();
    await publish(catalogue, '2026-11-02', '5.00', 'sample');
    await publish(catalogue, '2026-12-01', '4.00', 'command');
    clock.advance({ days: 8 });
    await catalogue.announcements.announceDue();
    clock.advance({ minutes: 11 });
    await pump.drain();
    expect(received).toHaveLength(1);
    const [content] = received;
    if (typeof content !== 'object') throw new Error('no card was received');
    const { plain } = shown(content);
    expect(plain.match(/1 changement, dont 1 de prix/g)).toHaveLength(8);
    expect(plain).toContain('Et 193 autres fournisseurs');
  });

  async function world() {
    const { db } = engine.storage;
    const clock = fakeClock();
    const received: Content[] = [];
    const conversations = buildConversations(db, clock);
    const { queue } = fakeQueue(db, []);
    const { deliveries, pump } = buildDelivery({
      db,
      clock,
      queue,
      conversations,
      messenger: {
        send: async (_conversation, content) => `activity-${received.push(content)}`,
        update: async () => {},
        remove: async () => {},
        reopen: async (known) => known,
      },
      log: silent,
      notices: [digest, inForce, dayInForce],
      services: () => ({ catalogue }),
      hours: buildDecentHours(days, 'America/Toronto'),
      rate: 1_000_000,
      sleep: async () => {},
    });
    const catalogue = buildCatalogueServices({
      db,
      clock,
      queue,
      deliveries,
      roster: { page: async () => ({ people: [], next: undefined }) },
      days,
      audit: buildAudit(db, clock),
      quotas: { spend: async () => 'apart' },
      house: { knows: () => false, answers: () => false, relying: () => [] },
      settings: { approval: false },
    });
    await conversations.remember(reference('https://teams.example', 1));
    await db.insert(subscriptions).values({
      id: crypto.randomUUID(),
      kind: 'person',
      tenantId: TENANT,
      objectId: personOf(1).objectId,
      conversationId: 'chat-1',
      topicKind: 'all',
      topic: 'all',
      createdAt: new Date(clock.now().epochMilliseconds),
    });
    return { catalogue, clock, pump, received };
  }

  const publish = (
    { publication }: Awaited<ReturnType<typeof world>>['catalogue'],
    version: string,
    unitPricePerMonth: string,
    origin: 'sample' | 'command',
  ) =>
    publication.publish(
      Array.from({ length: SUPPLIERS }, (_, n) => {
        return priced(`fournisseur-${n + 1}`, unitPricePerMonth, { version });
      }),
      origin,
    );
});
