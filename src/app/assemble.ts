import type { Config } from '../config.ts';
import type { Clock } from '../core/clock.ts';
import type { Db } from '../core/ports/db.ts';
import type { Log } from '../core/ports/log.ts';
import { botSecrets } from '../core/process/bot-secret.ts';
import type { TurnWatch } from '../core/process/watched.ts';
import { creatingVerbs } from '../core/routes/turns.ts';
import { buildBusinessDays } from '../core/time/business-days.ts';
import { buildDecentHours } from '../core/time/decent-hours.ts';
import { readHolidays } from '../edges/calendar/index.ts';
import {
  buildConversations,
  buildDelivery,
  deliveryJobs,
  deliveryRetention,
} from '../edges/delivery/index.ts';
import { buildDocuments } from '../edges/documents/index.ts';
import { buildIdentity } from '../edges/entra/index.ts';
import { buildInbox, inboxJobs, inboxRetention } from '../edges/inbox/index.ts';
import { buildMetrics } from '../edges/observability/index.ts';
import { buildQueue } from '../edges/queue/index.ts';
import type { Storage } from '../edges/storage/index.ts';
import {
  buildAuthentication,
  buildEndpoint,
  buildMessenger,
  buildRenderer,
  buildServer,
  loadApplication,
} from '../edges/teams/index.ts';
import { features, type Services } from '../features/registry.ts';
import { buildCertificateWatch } from './certificate.ts';
import { compose, readFiles } from './compose.ts';
import { download, page } from './doors.ts';
import { calendarFor, directoryFor, installerFor, mailboxFor } from './graph.ts';
import { CARDS_FOLDER, HOLIDAYS_FILE } from './paths.ts';
import { codeVersion, conditionOf, secretEnds, watchedOf } from './watching.ts';

export type Parts = ReturnType<typeof assemble>;

/** What is read of the files that come with the code. */
export const readAll = () => ({
  render: buildRenderer(CARDS_FOLDER, creatingVerbs(features)),
  days: buildBusinessDays(readHolidays(HOLIDAYS_FILE)),
  reads: readFiles(features),
});

/**
 * Everything, wired together, nothing started. Turns, jobs and sending have connections of their own, and so their
 * own services: what one of them waits for does not hold up the others. `ready` says, for the probes, why it
 * cannot work; turns wait until it is `opened`.
 */
export function assemble(
  config: Config,
  storage: Storage,
  log: Log,
  clock: Clock,
  { render, days, reads }: ReturnType<typeof readAll>,
  ready: () => Promise<string | undefined>,
  opened: Promise<void>,
) {
  const metrics = buildMetrics(() => clock.now().epochMilliseconds);
  // A start without its secrets is refused in a sentence.
  if (config.bot) botSecrets(config.bot, undefined);
  const identity = config.bot && buildIdentity(config.bot);
  const authentication = buildAuthentication(config.bot, metrics.answered, identity);
  /** Speaking, and knowing where, by the connections of one kind of work. */
  const voiceOn = (db: Db) => {
    const conversations = buildConversations(db, clock);
    return { conversations, teams: buildMessenger(authentication, config.bot?.id, conversations, render) };
  };
  const jobs = buildQueue<Services>(
    storage.engine,
    [
      ...features.flatMap((feature) => feature.jobs),
      ...deliveryJobs(() => delivery.pump.wake()),
      ...inboxJobs(() => storage.jobs, clock),
    ],
    () => work.services,
    log,
    clock,
    metrics.watchJob,
  );
  const documents = buildDocuments(log);
  const sending = voiceOn(storage.delivery);
  const delivery = buildDelivery<Services>({
    db: storage.delivery,
    clock,
    queue: jobs,
    messenger: sending.teams,
    conversations: sending.conversations,
    log,
    notices: features.flatMap((feature) => feature.notices ?? []),
    services: () => work.services,
    hours: buildDecentHours(days, config.timeZone),
    rate: config.sendsPerSecond,
  });
  const calendar = calendarFor(config, identity);
  const installer = installerFor(config, identity);
  const directory = directoryFor(config, identity);
  const mailbox = mailboxFor(config, identity);
  const servicesOn = (db: Db, { conversations, teams }: ReturnType<typeof voiceOn>, watch?: TurnWatch) =>
    compose(
      features,
      {
        db,
        clock,
        queue: jobs,
        roster: teams,
        conversations,
        deliveries: delivery.on(db),
        calendar,
        documents: documents.documents,
        installer,
        directory,
        mailbox,
        days,
        condition: () => conditionOf({ config, storage, jobs }),
        log,
        settings: {
          ...config,
          // What its file says today.
          get secretExpires() {
            return secretEnds(config);
          },
        },
        retention: [...deliveryRetention, ...inboxRetention],
      },
      reads,
      watch,
    );
  const work: { readonly services: Services } = servicesOn(storage.jobs, voiceOn(storage.jobs));
  const speaking = voiceOn(storage.db);
  const { services, router } = servicesOn(storage.db, speaking, metrics.watchTurn);

  const application = once(async () =>
    (await loadApplication())(
      router,
      speaking.conversations,
      render,
      { hosts: config.fileHosts, loopback: config.bot === undefined },
      services.afterwards,
    ),
  );
  const endpoint = buildEndpoint({
    authentication,
    gate: { botId: config.bot?.id, tenants: config.tenants, serviceHosts: config.serviceHosts },
    inbox: buildInbox(storage.inbox, clock, log),
    run: async (context) => (await application()).run(context),
    log,
    metrics,
    now: Date.now,
    opened,
  });
  const server = buildServer({
    endpoint,
    metrics,
    log,
    adminPort: config.adminPort,
    publicUrl: config.publicUrl,
    download: (token, gone) => download(token, services, gone),
    page: (token, form) => page(token, form, services),
    reading: (place) => services.house.read(place),
    ready,
  });
  const { days: certificateDays } = buildCertificateWatch(config.publicUrl, clock);
  metrics.watch(watchedOf({ config, storage, clock, jobs, delivery, ready, certificateDays }), codeVersion());
  return { metrics, jobs, delivery, documents, work: work.services, services, application, endpoint, server };
}

/** Calls a function at most once, and gives its result to everyone. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
