import { feature } from '../../core/manifest.ts';
import { EXCEL } from '../../core/routes/pages.ts';
import { brokerDate } from '../../core/time/business-days.ts';
import { people } from '../people/index.ts';
import { speak } from './asking/screens/taker.ts';
import * as handlers from './browsing/screens/actions.ts';
import { summarySheet } from './browsing/screens/summary-table.ts';
import { buildCatalogueServices } from './build.ts';
import * as correcting from './correcting/screens/actions.ts';
import { correctionCardOf, correctionWaits } from './correcting/screens/waits.ts';
import { CATALOGUE_FOLDER, readFiches } from './fiche/files.ts';
import * as following from './following/screens/actions.ts';
import { look, looked } from './following/screens/looking.ts';
import { relied } from './following/screens/relied-card.ts';
import * as measuring from './measuring/screens/actions.ts';
import * as approving from './measuring/screens/approving.ts';
import { correctDigest, dayInForce, digest, inForce, takeEffect, tellStaff } from './publishing/jobs.ts';
import * as staff from './publishing/screens/actions.ts';
import { firstStep } from './publishing/screens/first-step.ts';
import * as samples from './publishing/screens/samples.ts';
import * as versions from './publishing/screens/versions.ts';
import { importCard, importWaits } from './publishing/screens/waits.ts';
import { retention } from './retention.ts';

export { buildView, type CatalogueView } from './browsing/rules/view.ts';
export type { CatalogueService } from './build.ts';
export { CATALOGUE_FOLDER, type CheckedFile, checkFiles, openFiles, readFiches } from './fiche/files.ts';
export { CATEGORIES, CATEGORY_NAMES, type Category } from './fiche/rules/categories.ts';
export { categoriesOf, type Difference, differenceOf } from './fiche/rules/difference.ts';
export { Fiche, ficheJsonSchema, fingerprint, type Offer } from './fiche/rules/fiche.ts';
export type { Problem } from './fiche/rules/problems.ts';
export { type Context, EMPTY_CONTEXT } from './fiche/rules/publication.ts';
export { ficheSheets } from './fiche/rules/workbook-model.ts';
export { allVersions } from './fiche/store/history.ts';
export { changeLines } from './following/screens/digest-card.ts';
export { type Concerned, subscribersAudience } from './following/store/audience.ts';
export { measuredSince } from './measuring/rules/measure.ts';
export { IN_FORCE } from './publishing/store/announcements.ts';
export { buildPublication, type PublicationOutcome } from './publishing/store/publication.ts';
export { type InForce, TookEffect } from './screens/schema.ts';
export { featureName, hostedIn, languageName, percentText, placeName, STATUS_NAMES } from './texts.ts';

const EVERYWHERE = ['personal', 'group', 'channel'] as const;

/** The fiches of the qualified offers: checked, published, compared, browsed and followed (guide 2.3, 3.2, 3.3.1). */
export const catalogue = feature({
  id: 'catalogue',
  below: [people],
  build: (ports, { audit, quotas }) => ({
    catalogue: buildCatalogueServices({ ...ports, audit, quotas }),
  }),
  messages: [
    {
      command: 'catalogue',
      aliases: ['offres', 'catalogue des offres'],
      description: 'Parcourir les offres, les filtrer, voir un fournisseur',
      help: { group: 'buy', first: { icon: 'Grid', sign: '🛒' } },
      role: 'client',
      scopes: EVERYWHERE,
      handle: handlers.openCatalogue,
    },
    {
      command: 'abonnements',
      minor: true,
      aliases: ['mes abonnements', 'suivre', 'm abonner', 's abonner', 'liste de diffusion'],
      description: 'Suivre les changements du catalogue, ou cesser de les suivre',
      help: { group: 'settings' },
      role: 'client',
      scopes: EVERYWHERE,
      handle: following.listSubscriptions,
    },
    {
      command: 'publier',
      aliases: ['publier une fiche'],
      description: "Publier la fiche d'un fournisseur",
      role: 'staff',
      scopes: ['personal'],
      handle: staff.explainPublishing,
    },
    {
      command: 'fiches',
      aliases: ['fiches publiées'],
      description: 'Voir les fiches publiées, en vigueur et à venir',
      role: 'staff',
      scopes: EVERYWHERE,
      handle: staff.listFiches,
    },
  ],
  anywhere: 'The catalogue is the same for everybody; a channel follows it as a whole, in nobody’s name.',
  actions: [
    handlers.home,
    handlers.browse,
    handlers.filters,
    handlers.filter,
    handlers.search,
    handlers.compare,
    handlers.offer,
    handlers.supplier,
    handlers.suppliers,
    handlers.summary,
    handlers.exportSummary,
    handlers.history,
    handlers.difference,
    look,
    following.subscriptions,
    following.chooseFollowed,
    following.subscribe,
    following.follow,
    following.unsubscribe,
    staff.showReview,
    staff.reviewFile,
    staff.publish,
    staff.discard,
    staff.showDropHelp,
    staff.fiches,
    staff.ficheModel,
    measuring.showMeasures,
    measuring.decideMeasure,
    measuring.liftMeasure,
    correcting.correct,
    approving.showProposal,
    approving.approveMeasure,
    approving.returnMeasure,
    approving.askMeasureAgain,
    approving.dropMeasure,
    correcting.approveCorrection,
    correcting.returnCorrection,
    correcting.dropCorrection,
    samples.showSamples,
    samples.removeSamples,
    versions.showVersions,
    versions.askCancelVersion,
    versions.cancelVersion,
  ],
  jobs: [takeEffect, tellStaff, correctDigest],
  notices: [
    digest,
    inForce,
    dayInForce,
    looked,
    relied,
    correcting.approval,
    ...approving.notices,
    correcting.decision,
  ],
  trails: [
    {
      prefix: 'fiche',
      title: 'Fiches',
      one: 'Fiche',
      acts: {
        publish: 'a publié une fiche',
        cancel: 'a annulé une fiche à venir',
        correct: 'a corrigé une fiche en vigueur',
        propose: 'a demandé l’approbation d’une correction',
        return: 'a renvoyé une correction à son auteur',
        giveUp: 'a abandonné une correction',
        proposeMeasure: 'a demandé l’approbation d’une suspension ou d’un retrait',
        approveMeasure: 'a approuvé une suspension ou un retrait',
        returnMeasure: 'a renvoyé une suspension ou un retrait à son auteur',
        giveUpMeasure: 'a abandonné une suspension ou un retrait demandé',
        suspend: 'a suspendu des offres',
        withdraw: 'a retiré des offres',
        removeSamples: 'a retiré les exemples du catalogue',
        lift: 'a repris des offres suspendues ou retirées',
      },
    },
  ],
  retention,
  templates: [
    'catalogue/home',
    'catalogue/offers',
    'catalogue/filters',
    'catalogue/offer',
    'catalogue/supplier',
    'catalogue/suppliers',
    'catalogue/found',
    'catalogue/comparison',
    'catalogue/absent',
    'catalogue/summary',
    'catalogue/export-link',
    'catalogue/history',
    'catalogue/difference',
    'catalogue/subscriptions',
    'catalogue/drop-help',
    'catalogue/reading',
    'catalogue/review',
    'catalogue/review-file',
    'catalogue/published',
    'catalogue/fiches',
    'catalogue/samples',
    'catalogue/versions',
    'catalogue/cancel-version',
    'catalogue/in-force',
    'catalogue/day-in-force',
    'catalogue/model-link',
    'catalogue/digest',
    'catalogue/correct',
    'catalogue/correction',
    'catalogue/relied',
    'catalogue/measures',
    'catalogue/measure-proposal',
  ],
  waits: [
    {
      kind: approving.MEASURE,
      noun: ['suspension ou retrait à approuver', 'suspensions ou retraits à approuver'],
      list: approving.measureWaits,
      open: approving.measureCardOf,
    },
    {
      kind: 'import',
      noun: ['dépôt de fiches', 'dépôts de fiches'],
      list: importWaits,
      open: importCard,
    },
    {
      kind: correcting.CORRECTION,
      noun: ['correction de fiche à approuver', 'corrections de fiches à approuver'],
      list: correctionWaits,
      open: correctionCardOf,
    },
  ],
  freeText: speak,
  choices: [
    {
      dataset: 'catalogue.names',
      find: async (text, { catalogue }) => handlers.namesLike(text, await catalogue.current()),
    },
  ],
  spoken: [
    { words: ['catégories'], verb: 'catalogue.home' },
    {
      words: ['toutes les offres', 'voir les offres', 'tout effacer'],
      verb: 'catalogue.browse',
      data: { criteria: '{}', page: 1 },
    },
    { words: ['filtrer', 'filtrer et trier'], verb: 'catalogue.filters', data: { criteria: '{}' } },
    { words: ['tous les fournisseurs'], verb: 'catalogue.suppliers', data: { page: 1 } },
    {
      words: ['tableau synthèse', 'voir le tableau synthèse', 'le tableau synthèse'],
      verb: 'catalogue.summary',
      data: { page: 1 },
    },
    { words: ['exporter', 'exporter (.xlsx)', 'exporter le tableau synthèse'], verb: 'catalogue.export' },
    { words: ['suivre les changements', 'ne plus suivre'], verb: 'catalogue.subscriptions' },
    {
      words: ['modèle vide (.xlsx)', 'modèle de fiche'],
      verb: 'catalogue.model',
      data: { supplier: '' },
    },
    { words: ['retirer les exemples'], verb: 'catalogue.samples' },
    { words: ['comment publier'], verb: 'catalogue.dropHelp' },
    { words: ['toutes les fiches'], verb: 'catalogue.fiches', data: { page: 1 } },
  ],
  firstSteps: [firstStep],
  files: {
    role: 'staff',
    noun: 'les fiches',
    quota: {
      noun: ['dépôt de fichiers', 'dépôts de fichiers'],
      person: 200,
      body: 1_000,
      tenant: 2_000,
      why: 'Twenty files at a time: the whole catalogue, several times over.',
    },
    handle: staff.filesDropped,
  },
  async samples({ catalogue, days }) {
    if (await catalogue.isEmpty())
      await catalogue.publication.publish(readFiches(CATALOGUE_FOLDER, days), 'sample');
  },
  resume: ({ catalogue }) => catalogue.announcements.announceDue(),
  refresh: ({ catalogue }) => catalogue.refresh(),
  // The names of its suppliers, which the first message is compared with; a database that is away fails the refresh.
  warm: ({ catalogue }) =>
    void catalogue
      .known()
      .then((view) => view?.names)
      .catch(() => {}),
  privacy: {
    title: 'Abonnements et fiches déposées',
    export: async (person, { catalogue }) => ({
      abonnements: await catalogue.subscriptions.heldOf(person),
      fichesDeposees: await catalogue.uploads.heldOf(person),
      correctionsDeFiches: await catalogue.correcting.heldOf(person),
      suspensionsDemandees: await catalogue.measureProposals.heldOf(person),
    }),
    async erase(tx, person, { catalogue }) {
      await catalogue.subscriptions.erase(tx, person);
      await catalogue.uploads.erase(tx, person);
      await catalogue.correcting.erase(tx, person);
      await catalogue.measureProposals.erase(tx, person);
    },
  },
  downloads: [
    { kind: 'catalogueModel', handle: staff.modelFile },
    {
      kind: 'catalogueSummary',
      async handle(_subject, { catalogue, documents, clock }) {
        const today = brokerDate(clock.now()).toString();
        return {
          fileName: `tableau-synthese_${today}.xlsx`,
          mediaType: EXCEL,
          body: await documents.workbook([summarySheet(await catalogue.current(), today)]),
        };
      },
    },
  ],
});
