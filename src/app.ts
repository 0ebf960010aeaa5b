import { join } from 'node:path';
import type { Config } from './config.ts';
import { type BusinessDays, buildBusinessDays } from './core/business-days.ts';
import { type Clock, systemClock } from './core/clock.ts';
import type { ContractRules } from './core/contract-rules.ts';
import { buildDecentHours } from './core/decent-hours.ts';
import { CourtierError, notFound } from './core/errors.ts';
import { creatingVerbs, type Feature, type MessageRoute, type PageAnswer } from './core/feature.ts';
import { cleanForm } from './core/intake.ts';
import type { MeetingRules } from './core/meeting-rules.ts';
import type {
  Calendar,
  Conversations,
  Deliveries,
  Documents,
  Installer,
  Log,
  Messenger,
  Queue,
  Roster,
} from './core/ports.ts';
import { buildRouter } from './core/router.ts';
import {
  builtInCalendar,
  readContractRules,
  readHolidays,
  readMeetingRules,
} from './edges/calendar/index.ts';
import { buildConversations, buildDelivery, deliveryJobs } from './edges/delivery/index.ts';
import { documents } from './edges/documents/index.ts';
import { buildGraph, buildGraphCalendar, buildInstaller, graphCredential } from './edges/graph/index.ts';
import { buildMetrics } from './edges/observability/index.ts';
import { buildQueue } from './edges/queue/index.ts';
import { buildSharedClock, type Storage } from './edges/storage/index.ts';
import {
  buildAuthentication,
  buildEndpoint,
  buildMessenger,
  buildRenderer,
  buildServer,
  loadApplication,
} from './edges/teams/index.ts';
import { buildFiles } from './features/acquisitions/index.ts';
import { buildBroadcasts } from './features/broadcasts/index.ts';
import { buildCatalogueServices, readFiches } from './features/catalogue/index.ts';
import { buildComments, buildContracts } from './features/contracts/index.ts';
import {
  buildCampaigns,
  buildEvaluationChannels,
  buildEvaluations,
  buildResults,
  type Forms,
  readForms,
} from './features/evaluations/index.ts';
import { buildKickoffNotices, buildKickoffs } from './features/kickoff/index.ts';
import {
  buildKnowledge,
  buildKnowledgeBase,
  type KnowledgeBase,
  readContent,
} from './features/knowledge/index.ts';
import { buildNeeds } from './features/needs/index.ts';
import {
  buildAudit,
  buildBelonging,
  buildLinks,
  buildOrganizations,
  buildPeople,
  buildPrivacy,
  buildSignatures,
  buildStaffChannel,
} from './features/people/index.ts';
import { features, type Services } from './features/registry.ts';
import { buildDossier, buildScenarios } from './features/scenarios/index.ts';

export const ROOT = join(import.meta.dirname, '..');
export const KNOWLEDGE_FOLDER = join(ROOT, 'content/knowledge');
export const CATALOGUE_FOLDER = join(ROOT, 'content/catalogue');
export const HOLIDAYS_FILE = join(ROOT, 'content/calendar/feries.yaml');
export const MEETINGS_FILE = join(ROOT, 'content/calendar/rencontres.yaml');
export const CONTRACTS_FILE = join(ROOT, 'content/calendar/contrats.yaml');
export const FORMS_FILE = join(ROOT, 'content/evaluations/grille.yaml');
export const CARDS_FOLDER = join(ROOT, 'cards');

/** Entries that the welcome cards offer as a start. */
const EXAMPLES = ['clientele-admissible', 'duree-contrat', 'preuve-de-concept'];

export interface Ports {
  readonly clock: Clock;
  readonly queue: Queue;
  readonly messenger: Messenger;
  readonly roster: Roster;
  readonly conversations: Conversations;
  readonly deliveries: Deliveries;
  readonly calendar: Calendar;
  readonly meetings: MeetingRules;
  readonly contractRules: ContractRules;
  readonly forms: Forms;
  readonly documents: Documents;
  readonly installer: Installer | undefined;
  readonly days: BusinessDays;
  readonly log: Log;
}

export type Settings = Pick<
  Config,
  'admins' | 'publicUrl' | 'timeZone' | 'feePercent' | 'approval' | 'linkHosts' | 'secretExpires'
>;

/** The features' services on a database and ports: what tests build with fakes, and production with Teams. */
export function buildServices(
  db: Storage['db'],
  base: KnowledgeBase,
  ports: Ports,
  { admins, publicUrl, timeZone, feePercent, approval, linkHosts, secretExpires }: Settings,
) {
  const { clock, queue, messenger, roster, conversations, deliveries } = ports;
  const { calendar, documents, installer, days, log } = ports;
  const hours = buildDecentHours(days, timeZone);
  const people = buildPeople(db, clock, admins);
  const audit = buildAudit(db, clock);
  const staffChannel = buildStaffChannel(db, clock, audit, queue, ['knowledge.postWaiting']);
  const knowledge = buildKnowledge({
    base,
    db,
    clock,
    queue,
    messenger,
    conversations,
    staffChannel,
    audit,
    timeZone,
  });
  const catalogue = buildCatalogueServices({
    db,
    clock,
    queue,
    deliveries,
    roster,
    days,
    audit,
    isCommonWord: base.knows,
    answeredElsewhere: (text) => base.search(text).outcome === 'answer',
  });
  const belonging = buildBelonging(db);
  const files = buildFiles(db, clock, belonging);
  const contracts = buildContracts({
    db,
    clock,
    audit,
    belonging,
    catalogue,
    days,
    deliveries,
    rules: ports.contractRules,
  });
  const services: Services = {
    db,
    clock,
    timeZone,
    queue,
    messenger,
    roster,
    conversations,
    deliveries,
    broadcasts: buildBroadcasts({
      db,
      clock,
      queue,
      audit,
      deliveries,
      hours,
      approval,
      linkHosts,
    }),
    people,
    audit,
    staffChannel,
    knowledge,
    catalogue,
    belonging,
    files,
    calendar,
    comments: buildComments({ db, clock, audit, deliveries }),
    contracts,
    evaluationChannels: buildEvaluationChannels(db, clock, belonging),
    results: buildResults(db, clock, audit),
    forms: ports.forms,
    campaigns: buildCampaigns({ db, clock, audit, deliveries, queue, forms: ports.forms }),
    evaluations: buildEvaluations({ db, clock, audit, contracts, catalogue, forms: ports.forms }),
    kickoffs: buildKickoffs({
      contracts,
      db,
      clock,
      queue,
      audit,
      calendar,
      days,
      deliveries,
      files,
      notices: buildKickoffNotices({ clock, days, deliveries, files, hours, timeZone }),
      rules: ports.meetings,
      timeZone,
    }),
    scenarios: buildScenarios({ db, clock, files, catalogue }),
    dossier: buildDossier({ db, clock, files, catalogue, days, deliveries, hours }),
    feePercent: feePercent === undefined ? undefined : String(feePercent),
    needs: buildNeeds({ db, clock, queue, conversations, files, belonging }),
    documents,
    organizations: buildOrganizations(db, clock, audit),
    links: buildLinks(db, clock, publicUrl),
    signatures: buildSignatures(db, clock, publicUrl),
    privacy: buildPrivacy(db, () => features.flatMap(({ privacy }) => (privacy ? [bound(privacy)] : []))),
    noticeKinds: () => features.flatMap((feature) => feature.notices ?? []),
    secretExpires,
    installer,
    commands: () => features.flatMap((feature): readonly MessageRoute<never>[] => feature.messages),
    examples: () =>
      EXAMPLES.flatMap((id) => knowledge.base.entry(id) ?? []).map(({ id, title }) => ({ entry: id, title })),
    runCommand: (turn) => router.message(turn),
  };
  const bound = (privacy: NonNullable<Feature<Services>['privacy']>) => ({
    title: privacy.title,
    export: (person: Parameters<typeof privacy.export>[0]) => privacy.export(person, services),
    erase: (...[tx, person]: [Parameters<typeof privacy.erase>[0], Parameters<typeof privacy.erase>[1]]) =>
      privacy.erase(tx, person, services),
  });
  const router = buildRouter(features, services, people, log);
  return { services, router };
}

/** The file that a short-lived link stands for. */
export async function download(token: string, services: Services) {
  const { kind, subject } = await services.links.open(token);
  const route = features
    .flatMap((feature) => feature.downloads ?? [])
    .find((candidate) => candidate.kind === kind);
  if (!route) throw notFound();
  return route.handle(subject, services);
}

const WRONG_LINK = 'Ce lien n’est plus valide.';

/** The page, or the feed, behind a signed link: what the feature answers, and a sentence for what it refuses. */
export async function page(
  token: string,
  form: URLSearchParams | undefined,
  services: Services,
): Promise<PageAnswer> {
  const routes = features.flatMap((feature) => feature.pages ?? []);
  const [first] = routes;
  if (!first) throw notFound();
  let route = first;
  try {
    const { kind, subject } = await services.signatures.open(token.replace(/\.ics$/, ''));
    route = routes.find((candidate) => candidate.kind === kind) ?? first;
    if (route.kind !== kind) throw notFound();
    return await route.handle(subject, form && cleanForm(form), services);
  } catch (error) {
    if (!(error instanceof CourtierError)) throw error;
    return route.refuse(error.kind === 'notFound' ? WRONG_LINK : error.message);
  }
}

export type Running = Awaited<ReturnType<typeof start>>;

/** How often a process looks for entries that another one published. */
const REFRESH_MS = 5_000;
const WARM_AFTER_MS = 500;
/** How often a process compares its clock with the database's. */
const AGREE_MS = 60_000;

/**
 * Starts the whole assistant on a database that is being opened: queue, Teams, HTTP. Its time is the database's,
 * unless it is given a clock.
 */
export async function start(config: Config, opening: Promise<Storage>, log: Log, given?: Clock) {
  const metrics = buildMetrics();
  const render = buildRenderer(CARDS_FOLDER, creatingVerbs(features));
  const authentication = buildAuthentication(config.bot);
  const base = buildKnowledgeBase(readContent(KNOWLEDGE_FOLDER).content);
  const storage = await opening;
  try {
    await storage.migrate();
  } catch (error) {
    await storage.close();
    throw error;
  }
  const shared = buildSharedClock(storage.db, systemClock);
  await shared.sync();
  const clock = given ?? shared;
  const conversations = buildConversations(storage.db, clock);
  const teams = buildMessenger(authentication, config.bot?.id, conversations, render);
  const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));
  const jobs = buildQueue(
    storage.engine,
    [
      ...features.flatMap((feature) => feature.jobs),
      ...deliveryJobs(
        () => storage.db,
        clock,
        () => delivery.pump.wake(),
      ),
    ],
    () => services,
    log,
    clock,
  );
  const delivery = buildDelivery({
    db: storage.db,
    clock,
    queue: jobs,
    messenger: teams,
    conversations,
    log,
    notices: features.flatMap((feature) => feature.notices ?? []),
    services: () => services,
    hours: buildDecentHours(days, config.timeZone),
    rate: config.sendsPerSecond,
  });
  const ports = {
    clock,
    queue: jobs,
    messenger: teams,
    roster: teams,
    conversations,
    deliveries: delivery.deliveries,
    calendar: calendarFor(config),
    meetings: readMeetingRules(MEETINGS_FILE),
    contractRules: readContractRules(CONTRACTS_FILE),
    forms: readForms(FORMS_FILE),
    documents,
    installer: installerFor(config),
    days,
    log,
  };
  const { services, router } = buildServices(storage.db, base, ports, config);
  const application = once(async () =>
    (await loadApplication())(router, conversations, render, {
      hosts: config.fileHosts,
      loopback: config.bot === undefined,
    }),
  );
  const endpoint = buildEndpoint({
    authentication,
    gate: { botId: config.bot?.id, tenants: config.tenants, serviceHosts: config.serviceHosts },
    run: async (context) => (await application()).run(context),
    log,
    metrics,
    now: Date.now,
  });
  const server = buildServer({
    endpoint,
    metrics,
    log,
    download: (token) => download(token, services),
    page: (token, form) => page(token, form, services),
    ready: async () => {
      if (!jobs.ready()) throw new Error('the queue is not ready');
      await storage.ping();
    },
  });

  const refresh = () =>
    services.knowledge.liveEntries
      .refresh()
      .catch((err: unknown) => log.warn({ err }, 'entries not refreshed'));
  const port = await server.listen(config.port, config.host);
  await Promise.all([jobs.start(), refresh()]);
  if (config.samples && (await services.catalogue.isEmpty()))
    await services.catalogue.publication.publish(readFiches(CATALOGUE_FOLDER, ports.days), 'sample');
  for (const feature of features) await feature.resume?.(services);
  delivery.pump.start();
  const agreeing = setInterval(
    () => shared.sync().catch((err: unknown) => log.warn({ err }, 'clock not synchronized')),
    AGREE_MS,
  );
  const refreshing = setInterval(refresh, REFRESH_MS);
  // What the first turn needs and readiness does not, once the probes have had their answer.
  const warming = setTimeout(() => {
    base.warm();
    application().catch((err: unknown) => log.error({ err }, 'teams-ai did not load'));
  }, WARM_AFTER_MS);

  return {
    port,
    /** Finishes the turns and jobs under way, refuses new ones, closes the database. */
    async stop() {
      clearInterval(refreshing);
      clearInterval(agreeing);
      clearTimeout(warming);
      await endpoint.drain();
      await server.close();
      await Promise.all([jobs.stop(), delivery.pump.stop()]);
      await storage.close();
    },
  };
}

/** The broker's calendar in Graph, when the deployer named its mailbox; else the assistant's own. */
function calendarFor({ bot, graphUrl: url, calendarMailbox }: Config): Calendar {
  if (!bot || !calendarMailbox) return builtInCalendar;
  return buildGraphCalendar(buildGraph({ credential: graphCredential(bot), url }), calendarMailbox);
}

/** Installing the assistant through Graph, when the deployer said under which id the catalogue of apps has it. */
function installerFor({ bot, graphUrl: url, teamsAppId }: Config): Installer | undefined {
  if (!bot?.tenantId || !teamsAppId) return undefined;
  return buildInstaller(buildGraph({ credential: graphCredential(bot), url }), url, bot.tenantId, teamsAppId);
}

/** Calls a function at most once, and gives its result to everyone. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
