import type { Config } from '../config.ts';
import { buildAfterwards } from '../core/afterwards.ts';
import type { BusinessDays } from '../core/business-days.ts';
import type { Clock } from '../core/clock.ts';
import type { ContractRules } from '../core/contract-rules.ts';
import { buildDecentHours } from '../core/decent-hours.ts';
import type { Feature, MessageRoute } from '../core/feature.ts';
import type { MeetingRules } from '../core/meeting-rules.ts';
import type {
  Calendar,
  Conversations,
  Deliveries,
  Documents,
  Installer,
  Log,
  Queue,
  Roster,
} from '../core/ports.ts';
import { buildRouter } from '../core/router.ts';
import type { Storage } from '../edges/storage/index.ts';
import { buildFiles } from '../features/acquisitions/index.ts';
import { buildBroadcasts } from '../features/broadcasts/index.ts';
import { buildCatalogueServices } from '../features/catalogue/index.ts';
import { buildComments, buildContracts } from '../features/contracts/index.ts';
import {
  buildCampaigns,
  buildEvaluationChannels,
  buildEvaluations,
  buildResults,
  type Forms,
} from '../features/evaluations/index.ts';
import { buildKickoffNotices, buildKickoffs } from '../features/kickoff/index.ts';
import { buildKnowledge, type KnowledgeBase } from '../features/knowledge/index.ts';
import { buildNeeds } from '../features/needs/index.ts';
import {
  buildAudit,
  buildBelonging,
  buildLinks,
  buildOrganizations,
  buildPeople,
  buildPrivacy,
  buildSignatures,
  buildStaffChannel,
} from '../features/people/index.ts';
import { features, type Services } from '../features/registry.ts';
import { buildDossier, buildScenarios } from '../features/scenarios/index.ts';

/** Entries that the welcome cards offer as a start. */
const EXAMPLES = ['clientele-admissible', 'duree-contrat', 'preuve-de-concept'];

export interface Ports {
  readonly clock: Clock;
  readonly queue: Queue;
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
  const { clock, queue, roster, conversations, deliveries } = ports;
  const { calendar, documents, installer, days, log } = ports;
  const hours = buildDecentHours(days, timeZone);
  const afterwards = buildAfterwards(log);
  const people = buildPeople(db, clock, admins);
  const audit = buildAudit(db, clock);
  const staffChannel = buildStaffChannel(db, clock, audit, queue, ['knowledge.postWaiting']);
  const knowledge = buildKnowledge({ base, db, clock, deliveries, audit });
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
    afterwards,
    queue,
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
    needs: buildNeeds({ db, clock, deliveries, conversations, files, belonging }),
    documents,
    organizations: buildOrganizations(db, clock, audit, deliveries),
    links: buildLinks(db, clock, publicUrl),
    signatures: buildSignatures(db, clock, publicUrl),
    privacy: buildPrivacy(
      db,
      audit,
      () => features.flatMap(({ privacy }) => (privacy ? [bound(privacy)] : [])),
      afterwards,
    ),
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
