import { readAll } from '../src/app/assemble.ts';
import { type Composed, compose } from '../src/app/compose.ts';
import { conditionOf } from '../src/app/watching.ts';
import { readConfig } from '../src/config.ts';
import type { Content } from '../src/core/card.ts';
import { systemClock } from '../src/core/clock.ts';
import { guide, openGuide } from '../src/core/guide/index.ts';
import type { Queue } from '../src/core/ports/queue.ts';
import { buildDecentHours } from '../src/core/time/decent-hours.ts';
import type { Person } from '../src/core/turn.ts';
import { builtInCalendar } from '../src/edges/calendar/index.ts';
import { buildConversations, buildDelivery, deliveryRetention } from '../src/edges/delivery/index.ts';
import { documents } from '../src/edges/documents/index.ts';
import { openPostgres } from '../src/edges/storage/postgres.ts';
import { buildAuthentication, buildMessenger } from '../src/edges/teams/index.ts';
import { features, type Services } from '../src/features/registry.ts';
import { silent } from '../test/support/delivery.ts';
import { alex, silentTurn } from '../test/support/people.ts';

export type Assembled = Awaited<ReturnType<typeof assembled>>;

/**
 * The features on a database, put together as the assistant does it, of which nothing runs by itself: what is measured
 * is what one asks of it, and no more. What is enqueued is counted, and not done. `alex` administers it.
 */
export async function assembled(databaseUrl: string) {
  const config = readConfig({ PORT: '0', BROKER_ADMINS: alex.objectId, QUOTA_PERCENT: '10000' });
  openGuide(config.guideDir, config.guideUrl);
  guide();
  const { render, days, reads } = readAll();
  const storage = openPostgres(databaseUrl, silent);
  const { db } = storage;
  let enqueued = 0;
  const count = async () => void enqueued++;
  const queue: Queue = { enqueue: count, publish: count };
  const conversations = buildConversations(db, systemClock);
  const messenger = buildMessenger(buildAuthentication(undefined), undefined, conversations, render);
  const delivery = buildDelivery<Services>({
    db,
    clock: systemClock,
    queue,
    messenger,
    conversations,
    log: silent,
    notices: features.flatMap((feature) => feature.notices ?? []),
    services: () => composed.services,
    hours: buildDecentHours(days, config.timeZone),
    rate: config.sendsPerSecond,
  });
  const composed: Composed<Services> = compose(
    features,
    {
      db,
      clock: systemClock,
      queue,
      roster: messenger,
      conversations,
      deliveries: delivery.deliveries,
      calendar: builtInCalendar,
      documents,
      installer: undefined,
      directory: undefined,
      mailbox: undefined,
      days,
      condition: () => conditionOf({ config, storage, jobs: { depths: async () => [] } }),
      log: silent,
      settings: { ...config, secretExpires: undefined },
      retention: deliveryRetention,
    },
    reads,
  );
  const { services } = composed;
  await Promise.all(features.map((feature) => feature.refresh?.(services)));
  const draw = (content: Content | undefined) => {
    if (content !== undefined && typeof content !== 'string') render(content);
    return content;
  };

  return {
    db,
    services,
    /** How many jobs were enqueued. */
    enqueued: () => enqueued,
    /** What a message of somebody in their own chat is answered, drawn as Teams would have it. */
    async says(person: Person, text: string): Promise<readonly Content[]> {
      const replies: Content[] = [];
      const reply = async (content: Content) => {
        replies.push(content);
        draw(content);
        return '';
      };
      await services.house.run({ ...silentTurn(person), reply, text, argument: '', files: [] });
      return replies;
    },
    /** Runs a job of the registry, by its name. */
    async runs(name: string): Promise<void> {
      const job = features.flatMap((feature) => feature.jobs).find((each) => each.name === name);
      if (!job) throw new Error(`no job ${name}`);
      await job.handle({}, services);
    },
    /** What a notice of the registry says to somebody, drawn. */
    async composes(
      kind: string,
      subject: object,
      { tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>,
    ) {
      const notice = features.flatMap((feature) => feature.notices ?? []).find((each) => each.kind === kind);
      if (!notice) throw new Error(`no notice ${kind}`);
      return draw(await notice.compose(subject, { kind: 'person', tenantId, objectId }, services));
    },
    close: () => storage.close(),
  };
}
