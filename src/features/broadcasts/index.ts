import { numberedRows } from '../../core/cards/numbered.ts';
import { feature } from '../../core/manifest.ts';
import { EXCEL } from '../../core/routes/pages.ts';
import { catalogue } from '../catalogue/index.ts';
import { people } from '../people/index.ts';
import * as approving from './approving/screens/actions.ts';
import * as choosing from './choosing/screens/actions.ts';
import { aim, choose } from './choosing/screens/aiming.ts';
import { compose, duplicate, edit, save } from './drafting/screens/actions.ts';
import { install, installSome, installTeam } from './installing/screens.ts';
import * as jobs from './jobs.ts';
import { isList } from './lists/rules/reading.ts';
import * as listing from './lists/screens/actions.ts';
import { retention } from './retention.ts';
import * as handlers from './screens/actions.ts';
import { firstStep } from './screens/first-step.ts';
import { openHealth, refresh, secretWait, showHealth } from './sending/screens/health.ts';
import * as leaving from './sending/screens/leaving.ts';
import { reachWaits } from './sending/screens/reach.ts';
import { askResend, exportResults, recipients, resend } from './sending/screens/recipients.ts';
import { resultsWorkbook } from './sending/screens/results.ts';
import { results } from './sending/screens/results-card.ts';
import { buildBroadcasts } from './store/broadcasts.ts';
import { moveDrafts } from './store/merging.ts';
import { authorTies } from './store/records.ts';
import { broadcasts as broadcastTable, lists as listTable } from './tables.ts';
import * as templating from './templates/screens/actions.ts';

/** What the broker tells many: drawn up, seen, approved, sent once to each, followed, corrected (guide 3.2). */
export const broadcasts = feature({
  id: 'broadcasts',
  below: [people, catalogue],
  build: (ports, below) => ({
    broadcasts: buildBroadcasts({ ...ports, ...below, ...ports.settings }),
    secret: ports.settings,
  }),
  messages: [
    {
      command: 'diffuser',
      aliases: ['avis', 'diffusion', 'diffuser un avis'],
      description: 'Écrire aux clients et aux canaux, suivre les envois',
      role: 'staff',
      scopes: ['personal'],
      handle: handlers.openList,
    },
    {
      command: 'santé',
      aliases: ['état des envois', 'sante des envois'],
      description: 'Voir ce qui attend, ce qui a échoué, le secret qui expire',
      role: 'staff',
      scopes: ['personal', 'group', 'channel'],
      handle: showHealth,
    },
  ],
  anywhere: {
    'broadcasts.acknowledge': 'What many read is acknowledged where it was read; the answer names nobody.',
  },
  actions: [
    handlers.showList,
    handlers.open,
    compose,
    edit,
    duplicate,
    save,
    aim,
    choose,
    choosing.openChoosing,
    choosing.search,
    choosing.add,
    choosing.remove,
    choosing.addNamed,
    leaving.schedule,
    handlers.tryOut,
    leaving.submit,
    leaving.approve,
    leaving.resume,
    approving.correct,
    approving.refuse,
    approving.openCorrection,
    approving.accept,
    approving.giveBack,
    approving.drop,
    handlers.discard,
    handlers.cancel,
    handlers.withdraw,
    recipients,
    askResend,
    resend,
    exportResults,
    handlers.acknowledge,
    results,
    templating.showTemplates,
    templating.openTemplate,
    templating.askTemplate,
    templating.keepTemplate,
    templating.fromTemplate,
    templating.renameTemplate,
    templating.removeTemplate,
    listing.showPeopleList,
    listing.readListAgain,
    listing.composeForList,
    listing.useList,
    listing.findGroup,
    listing.addGroup,
    install,
    installTeam,
    refresh,
  ],
  jobs: [jobs.follow, jobs.newcomers, jobs.correct, jobs.askApproval, jobs.tellRefusal, installSome],
  notices: jobs.notices,
  trails: [
    {
      prefix: 'broadcast',
      title: 'Avis',
      one: 'Avis',
      acts: {
        create: 'a rédigé un avis',
        edit: 'a modifié un avis',
        submit: 'a demandé l’approbation d’un avis',
        approve: 'a approuvé un avis',
        refuse: 'a renvoyé un avis à son auteur',
        release: 'a envoyé un avis',
        discard: 'a abandonné un avis',
        cancel: 'a arrêté un envoi',
        resume: 'a repris un envoi arrêté',
        withdraw: 'a retiré un avis',
        correct: 'a corrigé un avis',
        propose: 'a proposé une correction',
        accept: 'a approuvé une correction',
        giveBack: 'a renvoyé une correction à son auteur',
        drop: 'a abandonné une correction',
        resend: 'a renvoyé un avis à ceux qui ne l’avaient pas reçu',
        install: 'a installé l’assistant chez des destinataires',
      },
      ...numberedRows(broadcastTable),
    },
    {
      prefix: 'template',
      title: 'Modèles d’avis',
      one: 'Modèle d’avis',
      acts: { keep: 'a gardé un modèle', rename: 'a renommé un modèle', remove: 'a retiré un modèle' },
    },
    {
      prefix: 'broadcastList',
      title: 'Listes de destinataires',
      one: 'Liste',
      acts: { keep: 'a donné une liste de destinataires' },
      ...numberedRows(listTable),
    },
    {
      prefix: 'teams',
      title: 'Installations dans une équipe',
      one: 'Équipe Teams',
      acts: { install: 'a installé l’assistant dans une équipe' },
    },
  ],
  files: {
    role: 'staff',
    noun: 'une liste de destinataires',
    takes: isList,
    quota: {
      noun: ['liste de destinataires', 'listes de destinataires'],
      person: 100,
      body: 500,
      tenant: 1_000,
      why: 'A list is corrected and dropped again a few times for a notice.',
    },
    handle: listing.listDropped,
  },
  merge: moveDrafts,
  retention,
  spoken: [
    { words: ['nouvel avis'], verb: 'broadcasts.compose' },
    {
      words: ['modèles d’avis', 'modèles', 'tous les modèles'],
      verb: 'broadcasts.templates',
      data: { page: 1 },
    },
    { words: ['tous les avis', 'avis du courtier'], verb: 'broadcasts.list', data: { page: 1 } },
  ],
  templates: [
    'broadcasts/list',
    'broadcasts/compose',
    'broadcasts/audience',
    'broadcasts/preview',
    'broadcasts/confirm',
    'broadcasts/correction',
    'broadcasts/recipients',
    'broadcasts/progress',
    'broadcasts/resend',
    'broadcasts/export',
    'broadcasts/message',
    'broadcasts/refused',
    'broadcasts/withdrawn',
    'broadcasts/health',
    'broadcasts/results',
    'broadcasts/templates',
    'broadcasts/template',
    'broadcasts/template-name',
    'broadcasts/people-list',
  ],
  ties: authorTies,
  firstSteps: [firstStep],
  waits: [
    {
      kind: 'approval',
      noun: ['avis à approuver', 'avis à approuver'],
      list: ({ broadcasts }, only) => broadcasts.waits(only),
      open: approving.cardOf,
    },
    {
      kind: 'reach',
      noun: ['personne ou canal à joindre', 'personnes et canaux à joindre'],
      list: reachWaits,
      open: (_id, services) => openHealth(services),
    },
    {
      kind: 'secret',
      noun: ['secret à renouveler', 'secrets à renouveler'],
      list: async (services) => secretWait(services),
      open: (_id, services) => openHealth(services),
    },
  ],
  charges: [
    {
      noun: ['avis commencé', 'avis commencés'],
      command: 'diffuser',
      count: (person, { broadcasts }) => broadcasts.draftsOf(person),
      // A draft is the whole team's already; it says who wrote it.
      hand: async () => {},
    },
  ],
  privacy: {
    title: 'Avis reçus et rédigés',
    export: async (person, { broadcasts, deliveries }) => ({
      ...(await broadcasts.heldOf(person)),
      avis: await deliveries.heldOf(person),
    }),
    fates: async (person, { broadcasts }) => [
      {
        kind: 'team',
        count: await broadcasts.draftsOf(person),
        noun: ['avis commencé', 'avis commencés'],
        becomes: ['rendu à l’équipe, qui peut le finir', 'rendus à l’équipe, qui peut les finir'],
        command: 'diffuser',
      },
    ],
    async erase(tx, person, { broadcasts }) {
      await broadcasts.eraseLists(tx, person);
      await broadcasts.erase(tx, person);
    },
  },
  downloads: [
    {
      kind: 'broadcastResults',
      async handle(subject, services) {
        const { number, sheet } = await resultsWorkbook(subject, services);
        return {
          fileName: `avis-${number}_resultats.xlsx`,
          mediaType: EXCEL,
          body: (gone) => services.documents.workbook([sheet], gone),
        };
      },
    },
  ],
});
