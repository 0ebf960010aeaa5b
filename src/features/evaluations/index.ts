import type { Feature } from '../../core/feature.ts';
import * as handlers from './handlers.ts';
import * as jobs from './jobs.ts';
import * as results from './result-handlers.ts';
import * as staff from './staff-handlers.ts';

export { buildCampaigns } from './campaigns.ts';
export { buildEvaluationChannels } from './channels.ts';
export { type Forms, readForms } from './form.ts';
export { buildResults } from './results.ts';
export { buildEvaluations } from './service.ts';

export type EvaluationServices = jobs.JobServices;

/** What clients think of their suppliers: campaigns, answers in cards, the year's events (guide 4.9 and 4.10). */
export const evaluations: Feature<EvaluationServices> = {
  id: 'evaluations',
  messages: [
    {
      command: 'évaluations',
      aliases: ['évaluation', 'mes évaluations', 'évaluer un fournisseur'],
      description: 'Évaluer vos fournisseurs',
      role: 'client',
      scopes: ['personal', 'channel'],
      handle: handlers.openMine,
    },
    {
      command: 'noter un événement',
      minor: true,
      aliases: ['événement', 'événements'],
      description: 'Noter ce qui se passe bien ou mal avec un fournisseur',
      role: 'client',
      scopes: ['personal'],
      handle: handlers.openEvents,
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
  ],
  actions: [
    handlers.showMine,
    handlers.designate,
    handlers.stopChannel,
    handlers.signedByHead,
    handlers.printed,
    handlers.open,
    handlers.openSection,
    handlers.answer,
    handlers.answerOverall,
    handlers.take,
    handlers.review,
    handlers.submit,
    handlers.choose,
    handlers.listEvents,
    handlers.note,
    handlers.dropEvent,
    staff.listCampaigns,
    staff.openCampaign,
    staff.prepare,
    staff.start,
    staff.pause,
    staff.resume,
    staff.close,
    staff.extend,
    staff.exclude,
    results.listResults,
    results.showResults,
    results.showComments,
    results.exportResults,
    results.release,
    results.withdraw,
  ],
  jobs: [jobs.tick, jobs.purge],
  notices: jobs.notices,
  templates: [
    'evaluations/list',
    'evaluations/evaluation',
    'evaluations/section',
    'evaluations/overall',
    'evaluations/summary',
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
    'evaluations/sheet',
  ],
  downloads: [
    { kind: 'evaluation', handle: handlers.download },
    { kind: 'evaluationResults', handle: results.downloadResults },
  ],
  pages: [results.sheetPage],
  privacy: {
    title: 'Évaluations et événements',
    export: (person, { evaluations: service }) => service.heldOf(person),
    erase: (tx, person, { evaluations: service }) => service.erase(tx, person),
  },
};
