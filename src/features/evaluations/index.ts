import type { Feature } from '../../core/feature.ts';
import * as handlers from './handlers.ts';
import * as jobs from './jobs.ts';

export { buildCampaigns } from './campaigns.ts';
export { type Forms, readForms } from './form.ts';
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
      scopes: ['personal'],
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
      handle: handlers.openCampaigns,
    },
  ],
  actions: [
    handlers.showMine,
    handlers.open,
    handlers.openSection,
    handlers.answer,
    handlers.answerOverall,
    handlers.take,
    handlers.review,
    handlers.submit,
    handlers.listEvents,
    handlers.note,
    handlers.dropEvent,
    handlers.listCampaigns,
    handlers.openCampaign,
    handlers.start,
    handlers.pause,
    handlers.resume,
    handlers.close,
    handlers.extend,
    handlers.exclude,
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
  ],
  privacy: {
    title: 'Évaluations et événements',
    export: (person, { evaluations: service }) => service.heldOf(person),
    erase: (tx, person, { evaluations: service }) => service.erase(tx, person),
  },
};
