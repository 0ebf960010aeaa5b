import { numberedRows } from '../../core/cards/numbered.ts';
import { feature } from '../../core/manifest.ts';
import { catalogue } from '../catalogue/index.ts';
import { contracts } from '../contracts/index.ts';
import { people } from '../people/index.ts';
import { FORMS_FILE, readForms } from './answering/rules/form.ts';
import { events as datesOf } from './answering/screens/calendar.ts';
import * as evaluation from './answering/screens/evaluation.ts';
import * as events from './answering/screens/events.ts';
import * as form from './answering/screens/form.ts';
import * as list from './answering/screens/list.ts';
import * as printing from './answering/screens/printing.ts';
import { buildEvaluations } from './answering/store/evaluations.ts';
import { buildStandings } from './answering/store/standings.ts';
import * as jobs from './campaigns/jobs.ts';
import * as staff from './campaigns/screens/actions.ts';
import * as channel from './campaigns/screens/channel.ts';
import * as many from './campaigns/screens/many.ts';
import { recalls } from './campaigns/screens/recalls.ts';
import { buildCampaigns } from './campaigns/store/campaigns.ts';
import { buildEvaluationChannels } from './campaigns/store/channels.ts';
import { moveEvaluations } from './campaigns/store/merging.ts';
import { evaluationTies } from './campaigns/store/reminder-audience.ts';
import * as releasingJobs from './releasing/jobs.ts';
import * as releasing from './releasing/screens/actions.ts';
import * as sheetLinks from './releasing/screens/links.ts';
import { sheetWaits } from './releasing/screens/waits.ts';
import { buildSheetOrders, type OrderParts } from './releasing/store/orders.ts';
import { buildSheetList } from './releasing/store/sheet-list.ts';
import * as results from './results/screens/actions.ts';
import * as redacting from './results/screens/redacting.ts';
import * as sheets from './results/screens/sheets.ts';
import { buildResults } from './results/store/results.ts';
import { retention } from './retention.ts';
import { campaigns as campaignTable, sheetOrders as orderTable } from './tables.ts';

export { FORMS_FILE, type Forms, readForms } from './answering/rules/form.ts';

/** The sheets of suppliers, listed and ordered. */
function buildReleasing(parts: OrderParts) {
  const sheetList = buildSheetList(parts.db);
  return { sheetList, sheetOrders: buildSheetOrders(parts, sheetList) };
}

/** What clients think of their suppliers: campaigns, answers in cards, the year's events (guide 4.9 and 4.10). */
export const evaluations = feature({
  id: 'evaluations',
  below: [people, catalogue, contracts],
  read: () => readForms(FORMS_FILE),
  build: (ports, below, forms) => ({
    forms,
    evaluationChannels: buildEvaluationChannels(
      ports.db,
      ports.clock,
      below.belonging,
      buildStandings({ ...ports, forms }),
    ),
    results: buildResults(ports.db, ports.clock, below.audit),
    ...buildReleasing({ ...ports, ...below }),
    campaigns: buildCampaigns({ ...ports, ...below, forms }),
    evaluations: buildEvaluations({ ...ports, ...below, forms }),
  }),
  messages: [
    {
      command: 'évaluations',
      aliases: ['évaluation', 'mes évaluations', 'évaluer', 'évaluer un fournisseur'],
      description: 'Évaluer vos fournisseurs',
      help: { group: 'contracts' },
      role: 'client',
      scopes: ['personal', 'channel'],
      handle: list.openMine,
    },
    {
      command: 'noter un événement',
      minor: true,
      aliases: ['événement', 'événements'],
      description: 'Noter ce qui se passe bien ou mal avec un fournisseur',
      help: { group: 'contracts' },
      role: 'client',
      scopes: ['personal'],
      handle: events.openEvents,
    },
    {
      command: 'campagnes',
      aliases: ['campagne', 'campagnes d’évaluation'],
      description: 'Lancer et suivre les campagnes d’évaluation',
      role: 'staff',
      scopes: ['personal', 'group', 'channel'],
      handle: staff.openCampaigns,
    },
    {
      command: 'résultats',
      minor: true,
      aliases: ['résultats des évaluations', 'résultat'],
      description: 'Voir ce que les clients pensent des fournisseurs',
      role: 'staff',
      scopes: ['personal'],
      handle: results.openResults,
    },
    {
      command: 'fiches de résultats',
      minor: true,
      aliases: ['fiches transmises', 'fiches des évaluations'],
      description: 'Transmettre ou retirer les fiches de résultats, plusieurs à la fois',
      role: 'staff',
      scopes: ['personal'],
      handle: releasing.openSheets,
    },
  ],
  anywhere: {
    évaluations:
      'In a channel, what waits for the body that designated it for its reminders; nobody is named.',
    'evaluations.toMe': 'Whoever presses an evaluation of their body has it in their personal chat.',
    'evaluations.designate': 'A member of a body says that its reminders may come to that channel.',
    'evaluations.stopChannel': 'A member of that body says that they may not any more.',
  },
  actions: [
    list.showMine,
    channel.designate,
    channel.toMe,
    channel.stopChannel,
    evaluation.signedByHead,
    printing.printed,
    evaluation.open,
    evaluation.take,
    evaluation.waive,
    evaluation.unwaive,
    form.openPart,
    form.answer,
    form.repeat,
    form.submit,
    form.confirm,
    events.choose,
    events.listEvents,
    events.note,
    events.dropEvent,
    staff.listCampaigns,
    staff.openCampaign,
    staff.prepare,
    staff.start,
    staff.pause,
    staff.resume,
    staff.close,
    staff.reopen,
    staff.extend,
    staff.exclude,
    staff.include,
    many.remind,
    many.includeMany,
    results.listResults,
    results.showResults,
    results.showComments,
    results.exportResults,
    redacting.openComment,
    redacting.redact,
    sheets.release,
    sheets.withdraw,
    releasing.listSheets,
    releasing.prepareSheets,
    releasing.orderSheets,
    releasing.showOrder,
    releasing.approveSheets,
    releasing.askSheetsAgain,
    releasing.returnSheets,
    releasing.dropSheets,
    sheetLinks.sheetLinks,
  ],
  jobs: [jobs.tick, jobs.followEnd, releasingJobs.releaseSheets],
  freeText: list.ask,
  agenda: list.agenda,
  events: datesOf,
  recalls,
  spoken: [
    {
      words: ['toutes les évaluations', 'toutes mes évaluations'],
      verb: 'evaluations.list',
      data: { page: 1 },
    },
    { words: ['toutes les campagnes'], verb: 'evaluations.campaigns', data: { page: 1 } },
  ],
  notices: [...jobs.notices, ...releasingJobs.notices],
  trails: [
    {
      prefix: 'campaign',
      title: 'Campagnes d’évaluation',
      one: 'Campagne',
      acts: {
        start: 'a lancé une campagne',
        pause: 'a suspendu une campagne',
        resume: 'a repris une campagne',
        close: 'a terminé une campagne',
        reopen: 'a rouvert une campagne',
        extend: 'a prolongé une campagne',
        shorten: 'a raccourci une campagne',
        remind: 'a rappelé des évaluations d’une campagne',
      },
      ...numberedRows(campaignTable),
    },
    {
      prefix: 'evaluation',
      title: 'Évaluations et fiches de résultats',
      one: 'Évaluation',
      acts: {
        take: 'est devenue responsable d’une évaluation',
        submit: 'a soumis une évaluation',
        exclude: 'a mis un contrat à part d’une campagne',
        include: 'a repris un contrat mis à part',
        waive: 'a noté qu’une évaluation n’est pas requise',
        unwaive: 'a noté qu’une évaluation est requise après tout',
        sign: 'a noté la signature d’une évaluation par le dirigeant',
        correctSignature: 'a corrigé la date de signature d’une évaluation',
        release: 'a préparé la fiche de résultats d’un fournisseur',
        withdraw: 'a retiré la fiche de résultats d’un fournisseur',
        redact: 'a revu un commentaire pour la fiche d’un fournisseur',
        restoreComment: 'a rétabli un commentaire pour la fiche d’un fournisseur',
      },
    },
    {
      prefix: 'sheets',
      title: 'Demandes de fiches de résultats',
      one: 'Demande de fiches',
      acts: {
        propose: 'a demandé l’approbation de fiches de résultats',
        approve: 'a approuvé des fiches de résultats',
        return: 'a renvoyé des fiches de résultats à leur auteur',
        giveUp: 'a abandonné une demande de fiches de résultats',
      },
      ...numberedRows(orderTable),
    },
  ],
  waits: [
    {
      kind: releasing.SHEETS,
      noun: ['demande de fiches à approuver', 'demandes de fiches à approuver'],
      list: sheetWaits,
      open: releasing.orderCardOf,
    },
  ],
  retention,
  templates: [
    'evaluations/list',
    'evaluations/evaluation',
    'evaluations/part',
    'evaluations/became',
    'evaluations/events',
    'evaluations/choose',
    'evaluations/campaigns',
    'evaluations/campaign',
    'evaluations/confirm',
    'evaluations/channel',
    'evaluations/link',
    'evaluations/thanks',
    'evaluations/suppliers',
    'evaluations/results',
    'evaluations/comments',
    'evaluations/redaction',
    'evaluations/sheet',
    'evaluations/sheets',
    'evaluations/sheets-confirm',
    'evaluations/sheet-order',
  ],
  downloads: [
    { kind: 'evaluation', handle: printing.download },
    { kind: 'evaluationResults', handle: results.downloadResults },
    { kind: 'evaluationSheetLinks', handle: sheetLinks.downloadSheetLinks },
  ],
  pages: [sheets.sheetPage],
  merge: moveEvaluations,
  bodies: [
    {
      noun: ['évaluation à remplir', 'évaluations à remplir'],
      command: 'évaluations',
      count: (person, organization, { evaluations: service }) => service.countOf(person, organization),
    },
  ],
  ties: evaluationTies,
  privacy: {
    title: 'Évaluations et événements',
    export: async (person, { evaluations: service, sheetOrders }) => ({
      ...(await service.heldOf(person)),
      confiees: await service.entrustedTo(person),
      demandesDeFiches: await sheetOrders.sheetOrdersHeldOf(person),
    }),
    async erase(tx, person, { evaluations: service, results, sheetOrders }) {
      await sheetOrders.eraseSheetOrders(tx, person);
      await service.erase(tx, person);
      await results.unsign(tx, person);
    },
  },
});
